"""Writes the projects beside this file anew, with the models and the project manager of pact-agents 1.2.0.

    python3.11 -m pip install --ignore-requires-python --target FOLDER pact-agents==1.2.0
    PYTHONPATH=FOLDER python3.11 tests/reference/make.py

The contents are ours; fields, files and formats are as that package writes them. What it renders from its own templates
(stubs, settings, the example task) is left out.
"""

import json
import shutil
from pathlib import Path

from pact.project import ProjectManager
from pact.schemas import (
    ComponentContract,
    ComponentTask,
    ContractTestSuite,
    DecompositionTree,
    DesignDocument,
    InterviewResult,
    RunState,
    TypeRegistry,
)

HERE = Path(__file__).parent


def field(name, type_ref, *validators, **more):
    specs = [{"kind": kind, "expression": expression} for kind, expression in validators]
    return {"name": name, "type_ref": type_ref, "validators": specs, **more}


def function(name, inputs, output, *errors, **more):
    return {
        "name": name,
        "description": more.pop("description", f"What {name} does."),
        "inputs": inputs,
        "output_type": output,
        "error_cases": [{"name": case, "condition": why, "error_type": error} for case, why, error in errors],
        **more,
    }


def case(id, function, category, **more):
    return {"id": id, "description": f"Case {id}.", "function": function, "category": category, **more}


class Project:
    """One project, written from nothing."""

    def __init__(self, name, task, settings):
        self.root = HERE / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        (self.root / "task.md").write_text(task)
        (self.root / "pact.yaml").write_text(settings)
        self.manager = ProjectManager(self.root)
        # As `pact init` does, without its templates.
        for attribute in vars(self.manager).values():
            if isinstance(attribute, Path) and attribute.is_relative_to(self.root) and not attribute.suffix:
                attribute.mkdir(parents=True, exist_ok=True)

    def tree(self, root, nodes):
        full = {}
        for id, node in nodes.items():
            full[id] = {"component_id": id, "name": id.replace("_", " ").title(), "description": f"Node {id}.", **node}
        self.manager.save_tree(DecompositionTree(root_id=root, nodes=full))

    def contract(self, **contract):
        self.manager.save_contract(ComponentContract(**contract))

    def suite(self, hidden=False, **suite):
        suite = ContractTestSuite(**suite)
        (self.manager.save_goodhart_suite if hidden else self.manager.save_test_suite)(suite)

    def file(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def end(self, **state):
        self.manager.save_state(RunState(id="0a1b2c3d4e5f", project_dir="/projects/" + self.root.name, **state))
        for rendered in [*self.root.glob("contracts/*/interface.*")]:
            if rendered.suffix != ".json":
                rendered.unlink()
        for history in self.root.glob("contracts/*/history/*.json"):
            history.rename(history.with_name("20260101_120000.json"))
        for empty in sorted(self.root.rglob("*"), key=lambda path: -len(path.parts)):
            if empty.is_dir() and not any(empty.iterdir()):
                empty.rmdir()
        for lock in self.root.rglob("*.lock"):
            lock.unlink()


def lending():
    """Python, finished: a nested tree, every kind of type, hidden tests, kept attempts, notes of all sorts."""
    project = Project(
        "lending",
        "# Lending library\n\nMembers borrow books and pay for late returns.\n",
        "budget: 12.5\nparallel_components: true\ncompetitive_agents: 2\n",
    )
    project.tree(
        "root",
        {
            "root": {"children": ["catalogue", "desk"], "implementation_status": "tested"},
            "catalogue": {"depth": 1, "parent_id": "root", "implementation_status": "tested"},
            "desk": {"depth": 1, "parent_id": "root", "children": ["fines", "loans"]},
            "fines": {
                "depth": 2,
                "parent_id": "desk",
                "implementation_status": "tested",
                "test_results": {"total": 2, "passed": 2, "failed": 0, "errors": 0, "failure_details": []},
            },
            "loans": {"depth": 2, "parent_id": "desk", "implementation_status": "failed"},
        },
    )
    book = {
        "name": "Book",
        "kind": "struct",
        "description": "A title that can be lent.",
        "fields": [
            field("isbn", "str", ("regex", "^[0-9]{13}$")),
            field("title", "str", ("length", "1 <= len <= 200")),
            field("copies", "int", ("range", "0..50"), default="1", required=False),
            field("shelf", "Shelf"),
            field("tags", "list[str]", required=False, default="[]"),
            field("note", "optional[str]", required=False, default="None"),
        ],
    }
    shelf = {"name": "Shelf", "kind": "enum", "variants": ["OPEN", "STACKS"]}
    project.contract(
        component_id="catalogue",
        name="Catalogue",
        description="Knows the books.",
        types=[
            book,
            shelf,
            {"name": "Books", "kind": "list", "item_type": "Book"},
            {"name": "MaybeBook", "kind": "optional", "inner_types": ["Book"]},
            {"name": "Key", "kind": "union", "inner_types": ["str", "int"]},
            {"name": "Isbn", "kind": "primitive"},
        ],
        functions=[
            function("add", [field("book", "Book")], "None", ("twice", "the isbn is known", "KnownBook")),
            function("find", [field("key", "Key")], "MaybeBook", idempotent=True),
            function("all_books", [], "Books", idempotent=True),
        ],
        invariants=["Each isbn stands in the catalogue once."],
        data_access={"reads": ["PUBLIC"], "writes": ["PUBLIC"], "rationale": "Titles are public."},
        authority={"domains": ["catalogue"], "rationale": "It alone keeps books."},
    )
    project.contract(
        component_id="fines",
        name="Fines",
        description="Counts what a late return costs.",
        version=2,
        functions=[
            function(
                "fine",
                [field("days", "int", ("range", "min=0")), field("cents_a_day", "int", ("range", "1 <= x <= 500"))],
                "int",
                ("negative", "days is below zero", "ValueError"),
                preconditions=["days is at least 0"],
                postconditions=["the result is days times cents_a_day, at most 5000"],
                idempotent=True,
                side_effects=["none"],
                performance_budget={"p95_latency_ms": 5, "max_memory_mb": None, "complexity": "O(1)"},
            )
        ],
        processing_register="rigorous-analytical",
    )
    project.contract(
        component_id="loans",
        name="Loans",
        description="Knows who has which book.",
        types=[{**book, "owner_component": "catalogue"}, {**shelf, "owner_component": "catalogue"}],
        functions=[
            function(
                "lend",
                [field("member", "str", ("length", "min=1")), field("isbn", "str")],
                "bool",
                ("unknown", "no such book", "UnknownBook"),
                structured_side_effects=[{"kind": "mutates_state", "target": "loans", "description": "One more."}],
            ),
            function("bring_back", [field("member", "str"), field("isbn", "str"), field("days", "int")], "int"),
        ],
        dependencies=["catalogue", "fines"],
        dependency_contracts={"fines": ["fine"]},
        requires=["fines"],
    )
    project.suite(
        component_id="fines",
        contract_version=2,
        test_cases=[
            case("fine_two_days", "fine", "happy_path", input_values={"days": "2", "cents_a_day": "20"}, assertions=["40"]),
            case("fine_negative", "fine", "error_case", expected_error="ValueError"),
        ],
        generated_code=(
            "import pytest\n\nfrom fines import fine\n\n\ndef test_fine_two_days():\n    assert fine(2, 20) == 40\n\n\n"
            "def test_fine_is_at_most_5000():\n    assert fine(1000, 500) == 5000\n\n\n"
            "def test_fine_negative():\n    with pytest.raises(ValueError):\n        fine(-1, 20)\n"
        ),
    )
    project.suite(
        hidden=True,
        component_id="fines",
        contract_version=2,
        test_cases=[case("fine_zero", "fine", "edge_case")],
        generated_code="from fines import fine\n\n\ndef test_fine_zero():\n    assert fine(0, 499) == 0\n",
    )
    project.suite(
        component_id="catalogue",
        contract_version=1,
        test_cases=[case("add_twice", "add", "error_case", expected_error="KnownBook", mock_dependencies={})],
        generated_code="import catalogue\n\n\ndef test_a_new_catalogue_is_empty():\n    assert catalogue.all_books() == []\n",
    )
    good = "def fine(days, cents_a_day):\n    if days < 0:\n        raise ValueError(days)\n    return min(days * cents_a_day, 5000)\n"
    project.file("src/fines/fines.py", good)
    for attempt, code in [("1f2e3d4c", good.replace("min(days * cents_a_day, 5000)", "days * cents_a_day")), ("9a8b7c6d", good)]:
        folder = project.manager.attempt_src_dir("fines", attempt)
        folder.joinpath("fines.py").write_text(code)
        project.manager.save_attempt_metadata("fines", attempt, {"attempt_id": attempt, "duration": 1.5})
    project.manager.save_type_registry(TypeRegistry(types=[book, shelf]))
    decisions = [{"ambiguity": "What does a day cost?", "decision": "Cents.", "rationale": "Whole numbers are exact."}]
    project.manager.save_decisions(decisions)
    project.manager.save_interview(
        InterviewResult(
            risks=["A member may lie."],
            questions=["What does a day cost?"],
            user_answers={"What does a day cost?": "20 cents"},
            acceptance_criteria=["A late book costs something."],
            approved=True,
            processing_register="rigorous-analytical",
        )
    )
    project.manager.save_design_doc(
        DesignDocument(
            project_id="lending",
            title="Lending library",
            summary="A desk, a catalogue and fines.",
            engineering_decisions=decisions,
            failure_history=[
                {
                    "component_id": "loans",
                    "failure_type": "contract_bug",
                    "description": "It did not say what an unknown book is.",
                    "resolution": "The error case was added.",
                    "timestamp": "2026-01-01T12:00:00",
                }
            ],
            lessons_learned=["Name every error."],
            version=3,
        )
    )
    project.manager.append_audit("contract", "fines: version 2", component_id="fines")
    project.manager.append_learning({"lesson": "Name every error.", "category": "failure_mode", "component_id": "loans"})
    project.end(
        status="paused",
        phase="implement",
        total_cost_usd=1.25,
        total_tokens=34567,
        pause_reason="loans: the attempts are used up",
        component_tasks=[ComponentTask(component_id="loans", status="failed", attempts=3, last_error="2 tests")],
        health_snapshot={"_overall_status": "warning"},
    )


def meter():
    """TypeScript, one component that is its own root, tested, not implemented."""
    project = Project("meter", "# Task: Water meter\n\nReads a meter.\n", "language: typescript\nbuild_mode: unary\n")
    project.tree("meter", {"meter": {"implementation_status": "contracted"}})
    reading = {
        "name": "Reading",
        "kind": "struct",
        "fields": [
            field("litres", "float", ("range", "min=0.0,exclusive_min=true")),
            field("taken_at", "str", ("regex", r"^\d{4}-\d{2}-\d{2}$")),
            field("source", "Source", required=False, default="MANUAL"),
        ],
    }
    project.contract(
        component_id="meter",
        name="Meter",
        description="Keeps readings in order.",
        types=[reading, {"name": "Source", "kind": "enum", "variants": ["MANUAL", "RADIO"]}],
        functions=[
            function("usage", [field("readings", "list[Reading]")], "float", ("few", "below two readings", "TooFewReadings")),
            function("latest", [field("readings", "list[Reading]")], "optional[Reading]", is_async=True),
            function("by_source", [field("readings", "list[Reading]")], "dict[str, int]"),
        ],
    )
    project.suite(
        component_id="meter",
        contract_version=1,
        test_language="typescript",
        test_cases=[case("usage_of_two", "usage", "happy_path"), case("usage_of_one", "usage", "error_case")],
        generated_code=(
            "import { expect, test } from 'vitest';\nimport { usage } from 'meter';\n\n"
            "test('the usage is the difference', () => {\n"
            "  const taken_at = '2026-01-01';\n"
            "  expect(usage([{ litres: 1, taken_at }, { litres: 3.5, taken_at }])).toBe(2.5);\n});\n"
        ),
    )
    project.end(status="active", phase="implement")


def ticker():
    """JavaScript, contracts only, with names and types that the reference lets pass."""
    project = Project("ticker", "# Ticker\n\nPrices as they come.\n", "language: javascript\n")
    project.tree(
        "root",
        {
            "root": {"children": ["feed", "board"]},
            "feed": {"depth": 1, "parent_id": "root", "implementation_status": "contracted"},
            "board": {"depth": 1, "parent_id": "root"},
        },
    )
    project.contract(
        component_id="feed",
        name="Feed",
        description="Prices as they come.",
        types=[
            {
                "name": "Price",
                "kind": "struct",
                "fields": [field("symbol", "string", ("length", "max=8")), field("cents", "integer", ("custom", "cents > 0"))],
            }
        ],
        functions=[
            function("Feed.push", [field("price", "Price")], "void"),
            function("Feed.last", [field("symbol", "string")], "Result[Price, str]"),
            function("subscribe", [field("listener", "Callable[[Price], None]")], "Any"),
        ],
    )
    project.contract(
        component_id="board",
        name="Board",
        description="Shows prices.",
        functions=[function("render", [field("prices", "dict[string, Price]")], "string")],
        dependencies=["feed"],
    )
    project.end(status="active", phase="contract")


def planned():
    """Python, planned only: a tree and an interview that nobody has answered."""
    project = Project("planned", "# Notes\n\nKeep notes.\n", "budget: 3\nplan_only: true\n")
    project.tree(
        "root",
        {
            "root": {"children": ["store", "search"]},
            "store": {"depth": 1, "parent_id": "root"},
            "search": {"depth": 1, "parent_id": "root"},
        },
    )
    project.manager.save_interview(InterviewResult(questions=["How many notes?"], ambiguities=["Is a note text?"]))
    project.end(status="paused", phase="interview", pause_reason="Waiting for answers")


for make in [lending, meter, ticker, planned]:
    make()
print(json.dumps(sorted(path.name for path in HERE.iterdir() if path.is_dir())))
