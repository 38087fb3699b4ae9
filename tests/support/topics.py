"""Topics in memory that tell when each record came, and one who reads them as kafka-python would."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from tests.ingest.support import MemorySink


class TimedSink(MemorySink):
    """All that is settled together has one time: the coarsest that a log may tell."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.times: dict[Any, list[int]] = defaultdict(list)
        self.clock = 0

    def settle(self) -> None:
        self.clock += 1
        super().settle()
        for place, events in self.log.items():
            self.times[place] += [self.clock] * (len(events) - len(self.times[place]))


class Reader:
    """Of a `TimedSink`; each event is a record. `meanwhile` is called at every question for the ends."""

    def __init__(self, sink: TimedSink, meanwhile: Any = lambda: None) -> None:
        self.sink, self.meanwhile, self.at = sink, meanwhile, dict[Any, int]()

    def partitions_for_topic(self, _: str) -> set[int]:
        return set(range(self.sink.partitions))

    def assign(self, places: list[Any]) -> None:
        self.at = dict.fromkeys(places, 0)

    def end_offsets(self, places: list[Any]) -> dict[Any, int]:
        self.meanwhile()
        return {place: len(self.sink.log[tuple(place)]) for place in places}

    def beginning_offsets(self, places: list[Any]) -> dict[Any, int]:
        return dict.fromkeys(places, 0)

    def offsets_for_times(self, times: dict[Any, int]) -> dict[Any, Any]:
        found = {
            place: next((n for n, at in enumerate(self.sink.times[tuple(place)]) if at >= time), None)
            for place, time in times.items()
        }
        return {place: None if n is None else SimpleNamespace(offset=n) for place, n in found.items()}

    def seek(self, place: Any, offset: int) -> None:
        self.at[place] = offset

    def position(self, place: Any) -> int:
        return self.at[place]

    def poll(self, *, timeout_ms: int, max_records: int) -> dict[Any, list[Any]]:
        del timeout_ms
        found = {}
        for place, start in self.at.items():
            events, times = self.sink.log[tuple(place)], self.sink.times[tuple(place)]
            end = min(start + max_records, len(events))
            self.at[place] = end
            found[place] = [
                SimpleNamespace(offset=n, timestamp=times[n], value=events[n], topic=place.topic)
                for n in range(start, end)
            ]
        return found
