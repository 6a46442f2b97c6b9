"""The conditions that travel with an item.

Grades and handling codes are Europol's (the 4x4 system), labels those of the Traffic
Light Protocol 2.0; their letters stay, because whoever gives an item knows them.
"""

from __future__ import annotations

from models.handling import (
    DataSubject,
    HandlingCode,
    InformationGrade,
    Nature,
    Regime,
    SourceGrade,
    Tlp,
)
from web.languages import words

HANDLING: dict[str, str] = {
    Nature.FACT: words("fact"),
    Nature.ASSESSMENT: words("assessment"),
    DataSubject.UNDISTINGUISHED: words("not distinguished"),
    DataSubject.SUSPECT: words("suspect"),
    DataSubject.CONVICTED: words("convicted person"),
    DataSubject.VICTIM: words("victim"),
    DataSubject.OTHER: words("another person"),
    Regime.GDPR: words("general (GDPR)"),
    Regime.POLICE: words("police"),
    Regime.JUDICIAL: words("judicial"),
    Regime.INTELLIGENCE: words("intelligence"),
    HandlingCode.H0: words("H0: to prevent and combat crime"),
    HandlingCode.H1: words("H1: not in court without its originator's leave"),
    HandlingCode.H2: words("H2: goes no further without its originator's leave"),
    HandlingCode.H3: words("H3: other restrictions, ask its originator"),
    Tlp.NONE: words("none"),
    Tlp.CLEAR: words("TLP:CLEAR, no limit"),
    Tlp.GREEN: words("TLP:GREEN, within the community"),
    Tlp.AMBER: words("TLP:AMBER, the agencies that have it"),
    Tlp.AMBER_STRICT: words("TLP:AMBER+STRICT, the agencies that have it alone"),
    Tlp.RED: words("TLP:RED, those named alone"),
}
SOURCES: dict[str, str] = {
    SourceGrade.A: words("A: reliable source"),
    SourceGrade.B: words("B: mostly reliable source"),
    SourceGrade.C: words("C: mostly unreliable source"),
    SourceGrade.X: words("X: source not assessed"),
}
INFORMATION: dict[str, str] = {
    InformationGrade.ONE: words("1: not in doubt"),
    InformationGrade.TWO: words("2: known to the source itself"),
    InformationGrade.THREE: words("3: hearsay, corroborated"),
    InformationGrade.FOUR: words("4: hearsay, not corroborated"),
}
