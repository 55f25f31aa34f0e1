"""`hansa workbook`: the learner's forms listed, shown, filled in, exported and erased."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from course.errors import WorkbookError
from course.workbook import find_task, tasks_of
from tui.clean import clean, clean_line
from tui.console.opening import open_services
from tui.language import _, plural
from tui.whole_files import write_new
from tui.workbook_words import state_words

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from pathlib import Path

    from course.forms import Form
    from tui.services import Services

_STOP = "."
"""Line that ends the questions."""
_EMPTY = "-"
"""Line that empties a field."""


def show_all(options: Namespace) -> int:
    """Print every form with how far it is, by module."""
    services = open_services(options)
    module = ""
    for task in tasks_of(services.course):
        if task.module.title != module:
            module = task.module.title
            print(f"{task.module.number}. {clean_line(module)}")
        state = state_words(services.workbook.sheet(task.form))
        print(f"   {clean_line(task.form.title):<48} {state}")
    print(_("Your files: {folder}").format(folder=services.workbook.folder))
    return 0


def show(options: Namespace) -> int:
    """Print one form: what stands in it, and the example where a field is empty."""
    services = open_services(options)
    task = find_task(services.course, options.form)
    form, sheet = task.form, services.workbook.sheet(task.form)
    print(f"{clean_line(form.title)} ({state_words(sheet)})")
    print(_("Lesson: {section_id}").format(section_id=task.section_id))
    print(_("File: {id}").format(id=services.workbook.path(form.id)))
    if sheet.note:
        print(f"\n{clean(sheet.note)}")
    examples = {field.name: field.example for field in form.fields}
    for name, text in sheet.values.items():
        print(f"\n{clean_line(name)}:")
        example = examples.get(name, "")
        shown = (
            clean(text)
            if text
            else _("(empty; example: {example})").format(example=clean_line(example))
            if example
            else _("(empty)")
        )
        print("\n".join(f"  {line}" for line in shown.split("\n")))
    return 0


def edit(options: Namespace) -> int:
    """Fill in one form: in the editor named by VISUAL or EDITOR, else field by field."""
    services = open_services(options)
    form = find_task(services.course, options.form).form
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor:
        _edit_with(editor, form, services)
    else:
        ask_fields(form, services)
    sheet = services.workbook.sheet(form)
    if sheet.source is None:
        print(_("Nothing was written."))
    else:
        print(
            _("Saved in {id} ({sheet}).").format(id=services.workbook.path(form.id), sheet=state_words(sheet))
        )
    return 0


def _edit_with(editor: str, form: Form, services: Services) -> None:
    """Let the editor change the file itself; one that was made for it and left as it was is taken away again."""
    workbook = services.workbook
    sheet = workbook.sheet(form)
    made = sheet.source is None
    if made:
        sheet, _kept = workbook.save(sheet, _today(services))
    try:
        _run_editor(editor, workbook.path(form.id))
    finally:
        if made and workbook.read(form.id).source == sheet.source:
            workbook.path(form.id).unlink()


def _run_editor(editor: str, path: Path) -> None:
    try:
        command = [*shlex.split(editor, posix=os.name != "nt"), str(path)]
        status = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise WorkbookError(
            _("The editor {editor!r} cannot be started; correct EDITOR, or unset it.").format(editor=editor)
        ) from error
    if status != 0:
        print(_("The editor ended with status {status}.").format(status=status), file=sys.stderr)


def ask_fields(form: Form, services: Services) -> None:
    """Ask for each field on the terminal and save after each; the end of the input ends the questions."""
    workbook = services.workbook
    print(clean_line(form.title))
    words = _(
        "Write one line or more for each field; an empty line goes on to the next field and keeps what is\n"
        "there. {empty} alone empties the field, {stop} alone stops. Each field is saved at once."
    )
    print(words.format(empty=_EMPTY, stop=_STOP))
    sheet = workbook.sheet(form)
    for field in form.fields:
        print(f"\n{clean_line(field.title)}" + (f" ({clean_line(field.hint)})" if field.hint else ""))
        if field.example:
            print(_("  Example: {example}").format(example=clean_line(field.example)))
        if sheet.values[field.name]:
            print(_("  Now: {values}").format(values=clean_line(sheet.values[field.name])))
        lines, more = _lines()
        if lines:
            text = "" if lines == [_EMPTY] else "\n".join(lines)
            sheet, kept = workbook.save(sheet.filled_in(field.name, text), _today(services))
            if kept is not None:
                print(
                    _("Another program changed the file meanwhile; its version is kept in {kept}.").format(
                        kept=kept
                    )
                )
        if not more:
            return


def _lines() -> tuple[list[str], bool]:
    """The lines typed for a field, and whether to go on."""
    lines: list[str] = []
    while True:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line or line.strip() == _STOP:
            return lines, False
        if not line.strip():
            return lines, True
        lines.append(line.rstrip("\n"))
        if line.strip() == _EMPTY and len(lines) == 1:
            return [_EMPTY], True


def export(options: Namespace) -> int:
    """Print the whole workbook as Markdown, or write it to a new file as Markdown, DOCX or PDF."""
    from tui.paragraphs import UnshownLetters, unshown_words
    from tui.workbook_export import chapters_of, docx_of, markdown_of, pdf_of

    services = open_services(options)
    out: Path | None = options.out
    kind = _kind(options, out)
    if kind and out is None:
        words = _("A {kind} needs a file: add -o {name}.")
        print(words.format(kind=kind.upper(), name=f"workbook.{kind}"), file=sys.stderr)
        return 2
    chapters = chapters_of(services.course, services.workbook)
    today = _today(services)
    if out is None:
        print(clean(markdown_of(chapters, today)), end="")
        return 0
    try:
        if kind == "pdf":
            data = pdf_of(chapters, today, services.language)
        else:
            data = docx_of(chapters, today) if kind else markdown_of(chapters, today).encode("utf-8")
    except UnshownLetters as error:
        print(unshown_words(error.letters), file=sys.stderr)
        return 1
    write_new(out, (data,))
    print(_("Written: {out}").format(out=out))
    return 0


def plan(options: Namespace) -> int:
    """Print the action plan as one document, or write it to a new file; with `--rate` rate it line by line first."""
    from tui.action_plan import action_plan, plan_docx, plan_markdown
    from tui.plan_rubric import rubric_form, rubric_words, verdict_words

    services = open_services(options)
    if options.rate:
        print(clean(rubric_words()))
        ask_fields(rubric_form(), services)
        print(clean(verdict_words(services.workbook.sheet(rubric_form()))))
        return 0
    out: Path | None = options.out
    as_docx = options.docx or (out is not None and out.suffix.lower() == ".docx")
    if as_docx and out is None:
        print(_("A DOCX needs a file: add -o plan.docx."), file=sys.stderr)
        return 2
    found = action_plan(services)
    today = _today(services)
    if out is None:
        print(clean(plan_markdown(found, today)), end="")
        return 0
    data = plan_docx(found, today) if as_docx else plan_markdown(found, today).encode("utf-8")
    write_new(out, (data,))
    print(_("Written: {out}").format(out=out))
    return 0


def _kind(options: Namespace, out: Path | None) -> str:
    """`docx` or `pdf`, as asked for or as the name of the file tells; empty for Markdown."""
    if options.docx or options.pdf:
        return "docx" if options.docx else "pdf"
    ending = out.suffix.lower() if out is not None and not options.markdown else ""
    return ending[1:] if ending in {".docx", ".pdf"} else ""


def erase(options: Namespace) -> int:
    """Delete the file of one form, or of all, after asking."""
    services = open_services(options)
    workbook = services.workbook
    form = find_task(services.course, options.form).form if options.form else None
    what = form.title if form else _("every sheet of your workbook")
    if not options.yes and not _agreed(clean_line(what), str(workbook.folder)):
        print(_("Nothing was erased."))
        return 0
    count = workbook.erase(form.id if form else None)
    print(plural("Erased: {count} file.", "Erased: {count} files.", count))
    return 0


def _agreed(what: str, folder: str) -> bool:
    print(_("This erases {what} in {folder}. It cannot be undone.").format(what=what, folder=folder))
    print(_("Type {word} to go on: ").format(word=_("yes")), end="", flush=True)
    return sys.stdin.readline().strip().casefold() in {"yes", _("yes").casefold()}


def _today(services: Services) -> date:
    return services.clock().astimezone().date()
