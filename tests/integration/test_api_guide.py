"""Each request that the guide to the API shows is answered as it stands there."""

import json
import re
from pathlib import Path
from uuid import uuid4

from models.ids import CaseId
from tests.deeds.cast import HANDLER, Cast
from tests.running.site import Site
from tests.running.world import World

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
BLOCK = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
OFFICER = re.compile(r'"officer": "([^"]+)"')
REQUEST = re.compile(r"curl -s \$HERE(?P<path>/\S+) -H (?P<rest>[^$]*\$TOKEN.*)")
BODY = re.compile(r"--json '(.*?)'")


def shown() -> list[tuple[str, str, str | None]]:
    """Return who asks for which path, and the body that goes with it, in order."""
    found, officer = [], ""
    for block in BLOCK.findall(GUIDE.read_text()):
        for line in block.replace("\\\n", " ").splitlines():
            if "/demo/token" in line:
                (officer,) = OFFICER.findall(line)
            elif request := REQUEST.search(line):
                body = BODY.search(request["rest"])
                found.append((officer, request["path"], body and body[1]))
    return found


def test_each_request_of_the_guide_is_answered(
    world: World, cast: Cast, site: Site, case: CaseId
) -> None:
    asked = world.do(cast.ask(case))
    with site.program(HANDLER) as asker:
        question = asker.get(f"/handoffs/{asked}").json()["handoff"]["question"]
    ids = {"$CASE": case, "$HANDOFF": asked, "$QUESTION": question}
    requests = shown()

    assert len(requests) == 6
    for officer, path, body in requests:
        for name, known in ids.items():
            path = path.replace(name, str(known))
        with site.program(officer) as program:
            program.headers["idempotency-key"] = str(uuid4())
            if body is None:
                answer = program.get(path)
            else:
                answer = program.post(path, json=json.loads(body))
        assert answer.status_code == 200, (path, answer.text)
