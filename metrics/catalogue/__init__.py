"""Every KPI nhip knows. Adding one is adding a module here, with its KPIS and, where it needs some, its FIELDS.

A folder `metrics/catalogue` elsewhere on the Python path adds its modules, too: a province's own definitions.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import extend_path, iter_modules
from types import MappingProxyType, ModuleType

from metrics import course, fields
from metrics.fields import Derived
from metrics.kpi import Family, Kpi
from metrics.uncovered import Uncovered

__path__ = extend_path(__path__, __name__)


def _modules() -> Iterator[ModuleType]:
    """The headline first, then by name."""
    names = sorted({found.name for found in iter_modules(__path__)}, key=lambda name: (name != "headline", name))
    for name in names:
        yield import_module(f"{__name__}.{name}")


_FOUND = tuple(_modules())

CATALOGUE: tuple[Kpi, ...] = tuple(kpi for module in _FOUND for kpi in module.KPIS)

DERIVED: Mapping[str, Derived] = MappingProxyType(
    {field.name: field for module in (fields, course, *_FOUND) for field in getattr(module, "FIELDS", ())}
)
"""Every derived field by its name."""

UNCOVERED: tuple[Uncovered, ...] = tuple(one for module in _FOUND for one in getattr(module, "UNCOVERED", ()))
"""What definitions ask for and nhip has no data for."""

FAMILIES: tuple[Family, ...] = tuple(dict.fromkeys(kpi.family for kpi in CATALOGUE))

USUAL: tuple[Kpi, ...] = tuple(kpi for kpi in CATALOGUE if kpi.family.id in {"headline", "portal"})
"""What is read where nobody names a family: the data contract's definitions, all from cells and so always quick."""

HEADLINE = tuple(kpi for kpi in CATALOGUE if kpi.family.id == "headline")
