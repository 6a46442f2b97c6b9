"""Every act that can be asked for, but for opening a case, which is about none yet."""

from __future__ import annotations

from acts.offered import cases, handoffs
from acts.offered.offer import Offer
from models.act_kinds import ActKind

OFFERS: dict[ActKind, Offer] = {
    offer.act: offer for offer in (*cases.OFFERS, *handoffs.OFFERS)
}
