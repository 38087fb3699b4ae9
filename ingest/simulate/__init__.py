"""A made-up province, for demonstrations and measurements: as a drop folder, or as an endless stream.

Everything follows from the seed and the dates given: no clock is read and nothing global is random. The
records are national ones and take the same road through validation as real ones. No name in it is anybody's.
"""

from ingest.simulate.files import write
from ingest.simulate.live import Beat, live

__all__ = ["Beat", "live", "write"]
