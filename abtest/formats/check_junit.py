"""`abtest check --format junit`: one test case a finding, for CI that shows test results."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from abtest.errors import Severity
from abtest.formats import escaping

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.formats.findings import Checked


def render(checked: Checked) -> str:
    """Errors fail; warnings and hints are passing cases with their text as output."""
    failures = checked.count(Severity.ERROR)
    total = max(1, len(checked.findings))
    counts = {"name": "abtest check", "tests": str(total), "failures": str(failures), "errors": "0"}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {**counts, "skipped": "0", "time": "0"})
    for finding in checked.findings:
        _case(suite, finding)
    if not checked.findings:
        ET.SubElement(suite, "testcase", name="all in order", classname="messages", time="0")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, finding: Finding) -> None:
    name = escaping.plain(f"{finding.code} line {finding.line}")
    path = escaping.plain(finding.path)
    case = ET.SubElement(suite, "testcase", name=name, classname=path, time="0")
    text = escaping.plain(f"{finding}. {finding.suggestion}")
    if finding.severity is Severity.ERROR:
        message = escaping.plain(finding.message)
        ET.SubElement(case, "failure", message=message, type=finding.code).text = text
    else:
        ET.SubElement(case, "system-out").text = text
