"""The tables, as SQLAlchemy knows them: what queries are written against."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel

from models.tables import (
    audits,
    cases,
    control,
    decisions,
    directory,
    feeds,
    handoffs,
    items,
    ledger,
    opening_drafts,
    people,
    posting,
    process,
    rulings,
    sightings,
    signing_in,
)


def _table(row: type[SQLModel]) -> Table:
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


agency = _table(directory.AgencyRow)
officer = _table(directory.OfficerRow)
oversight = _table(directory.OversightRow)
signed_in = _table(signing_in.SignedInRow)
calendar_feed = _table(feeds.FeedRow)
case_file = _table(cases.CaseRow)
existence = _table(cases.ExistenceRow)
designation = _table(cases.DesignationRow)
exclusion = _table(people.ExclusionRow)
cover = _table(people.CoverRow)
glass = _table(people.GlassRow)
deadline = _table(cases.DeadlineRow)
timeline = _table(cases.TimelineRow)
notice = _table(cases.NoticeRow)
handoff = _table(handoffs.HandoffRow)
guarded = _table(handoffs.GuardedRow)
handoff_twin = _table(handoffs.TwinRow)
item = _table(items.ItemRow)
item_body = _table(items.ItemBodyRow)
item_key = _table(items.ItemKeyRow)
audience = _table(items.AudienceRow)
number_token = _table(items.NumberTokenRow)
key_delivery = _table(items.KeyDeliveryRow)
release = _table(items.ReleaseRow)
release_request = _table(control.ReleaseRequestRow)
staged_wrap = _table(control.StagedWrapRow)
ruling = _table(rulings.RulingRow)
policy_set = _table(rulings.PolicySetRow)
hearing = _table(decisions.HearingRow)
decision = _table(decisions.DecisionRow)
appeal = _table(decisions.AppealRow)
register_entry = _table(decisions.RegisterRow)
intent = _table(process.IntentRow)
alarm = _table(process.AlarmRow)
retention_due = _table(process.RetentionRow)
node_order = _table(process.NodeOrderRow)
demo_clock = _table(process.DemoClockRow)
staged_entry = _table(ledger.StagedEntryRow)
refused_entry = _table(ledger.RefusedEntryRow)
entry = _table(ledger.EntryRow)
tile_hash = _table(ledger.TileHashRow)
checkpoint = _table(ledger.CheckpointRow)
timestamp = _table(ledger.TimestampRow)
witness = _table(ledger.WitnessRow)
witness_offer = _table(ledger.WitnessOfferRow)
cosignature = _table(ledger.CosignatureRow)
contradiction = _table(ledger.ContradictionRow)
node_alarm = _table(ledger.NodeAlarmRow)
in_use = _table(ledger.InUseRow)
salt = _table(ledger.SaltRow)
subject_salt = _table(ledger.SubjectSaltRow)
tombstone = _table(ledger.TombstoneRow)
list_page = _table(sightings.PageRow)
sighting = _table(sightings.SightingRow)
finding = _table(audits.FindingRow)
finding_step = _table(audits.FindingStepRow)
honey = _table(audits.HoneyRow)
statutory_list = _table(audits.StatutoryListRow)
subject_request = _table(audits.SubjectRequestRow)
subject_request_step = _table(audits.SubjectRequestStepRow)
paper = _table(audits.PaperRow)
paper_key = _table(audits.PaperKeyRow)
opening_draft = _table(opening_drafts.OpeningDraftRow)
notice_way = _table(posting.WayRow)
notice_parcel = _table(posting.ParcelRow)
notice_seen = _table(posting.SeenRow)
