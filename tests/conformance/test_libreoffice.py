"""LibreOffice's own client of LanguageTool, driven without a screen: what it shows of a Chinese text is ours."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

SETTING = (
    '<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>'
)
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>"""
MACRO = """Sub Main
Dim checker As Object
Dim found As Object
Dim where As New com.sun.star.lang.Locale
Dim none_()
Open "{out}" For Output As #1
On Error Goto Wrong
checker = createUnoService("org.openoffice.lingu.LanguageToolGrammarChecker")
If IsNull(checker) Then
Print #1, "no client"
Else
where.Language = "zh"
where.Country = "CN"
found = checker.doProofreading("1", "{text}", where, 0, {length}, none_())
For k = 0 To UBound(found.aErrors)
Print #1, found.aErrors(k).nErrorStart & "|" & found.aErrors(k).nErrorLength & "|" & found.aErrors(k).aShortComment
Next k
End If
Close #1
StarDesktop.terminate()
Exit Sub
Wrong:
Print #1, "error " & Error$
Close #1
StarDesktop.terminate()
End Sub"""
TEXT = "落实“两重”项目，坚守底线。"


@pytest.fixture
def server(seed_path: Path) -> Iterator[str]:
    """A server of the seed on loopback: the address that LibreOffice asks for."""
    running = make_server("127.0.0.1", 0, create_app(Settings(edition=seed_path)), threaded=True)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/languagetool/v2"
    running.shutdown()
    thread.join()


def office(profile: Path, *words: str) -> None:
    """Run LibreOffice with a profile of its own until it ends."""
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *words]
    subprocess.run(command, capture_output=True, timeout=100, check=True)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice, 7.4 or later")
@pytest.mark.timeout(240)
def test_the_client_of_libreoffice_shows_terms(server: str, tmp_path: Path) -> None:
    """It asks our endpoint and marks the term where the text has it, with its rendering as the comment."""
    user, out = tmp_path / "profile" / "user", tmp_path / "found.txt"
    user.mkdir(parents=True)
    settings = SETTING.format("BaseURL", server) + SETTING.format("IsEnabled", "true")
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(settings), "utf-8")
    office(tmp_path / "profile", "--terminate_after_init")  # a first start puts an empty macro of its own there
    macro = MACRO.format(out=out, text=TEXT, length=len(TEXT))
    module = user / "basic" / "Standard" / "Module1.xba"
    module.write_text(MODULE.format(html.escape(macro, quote=False)), "utf-8")
    office(tmp_path / "profile", "macro:///Standard.Module1.Main")
    said = out.read_text("utf-8").strip()
    if said == "no client":
        pytest.skip("this LibreOffice has no client of LanguageTool: it came with 7.4")
    (start, length, comment), *others = [line.split("|") for line in said.splitlines()]
    assert TEXT[int(start) : int(start) + int(length)] == "两重"
    assert comment.startswith("两重: Two Major")
    assert others == []
