"""`nhip ingest topic MAPPING[,MAPPING…] [--follow]`: topics of the province's own systems as our records."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.folder import Role
from deploy.output import tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.sources import mappings
from deploy.sources.pouring import pour_on, pour_once, report
from deploy.stack import running
from ingest.border import Border
from ingest.cluster import Cluster
from ingest.feed import OFFSETS, Feed, TopicSaid
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.source import Chain


def problems(given: Namespace) -> Iterator[str]:
    if not given.place:
        yield "PLACE: name the mapping files of the topics, between commas (docs/sources.md)"
    yield from mappings.problems(given.place, TopicSaid)
    if given.archive or given.map or given.dry_run:
        yield "--archive, --map, --dry-run: not for topics"


@dataclass(frozen=True, slots=True)
class Listening:
    """One Kafka, and where places in its topics are kept."""

    kafka: Cluster
    kept_in: Path
    border: Border
    said: tuple[TopicSaid, ...]

    def feeds(self, identity: str) -> Chain:
        """With another mapping a topic is read from its beginning again."""
        return Chain([self._feed(said, identity) for said in self.said])

    def _feed(self, said: TopicSaid, identity: str) -> Feed:
        of = f"{identity} {Mapped(said).mark}"
        return Feed(self.kafka, said, Kept(self.kept_in, f"topic {self.kafka}/{said.topic}", of, OFFSETS), self.border)


def run(given: Namespace, settings: Settings) -> int:
    said = tuple(one for _, one in mappings.mappings(given.place, TopicSaid))
    with running(settings, Role.INGEST, tell) as where:
        listening = Listening(theirs(settings, where), settings.data / "checkpoints", Border(), said)
        if given.follow:
            tell(f"reading {', '.join(one.topic for one in said)} of {listening.kafka}. Ctrl-C stops it.")
            pour_on(settings, where, lambda sink: listening.feeds(sink.identity))
            return 0
        pour_once(settings, where, lambda sink: listening.feeds(sink.identity))
    report(listening.border, pure_json=given.json)
    return 0


def theirs(settings: Settings, where: Addresses) -> Cluster:
    """The Kafka that their topics are in: another one, which is open, or the one that ours are in."""
    return Cluster(settings.topic_kafka) if settings.topic_kafka else where.kafka
