"""What the numbers mean. A province's own `metrics/catalogue` elsewhere on the Python path belongs to it."""

from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
