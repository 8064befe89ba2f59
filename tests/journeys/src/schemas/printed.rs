//! Every command with `--json`, and runs of it in which all that its document can hold is there.

use serde_json::{Value, json};

use super::examine;
use super::places::{broken, demo, demo_document, json, ran, whole};
use crate::support::{bare, folder, pact, pact_alone, project, read, run, write};

/// Makes the list of commands, and a test of each.
macro_rules! commands {
    ($($words:literal $shape:literal $runs:ident)* ; $($elsewhere:literal $examined:literal)*) => {
        /// The words of each command with `--json`, and the name of its schema.
        pub(super) const SHAPES: &[(&str, &str)] = &[$(($words, $shape),)* $(($elsewhere, $examined),)*];

        mod documents_are_what_their_schema_says {
            $(#[test] fn $runs() { super::examine_all($shape, &super::$runs()); })*
        }
    };
}

commands! {
    "assess" "assess" assess
    "components" "components" components
    "contract diff" "contract-diff" contract_diff
    "contract history" "contract-history" contract_history
    "demo" "run" demo_run
    "diff" "diff" diff
    "doctor" "doctor" doctor
    "explain" "explain" explain
    "handoff" "handoff" handoff
    "handoff --validate" "handoff-validation" handoff_validation
    "init" "init" init
    "licenses" "licenses" licenses
    "plugin inspect" "plugin-inspect" plugin_inspect
    "plugin list" "plugin-list" plugin_list
    "render" "render" render
    "run" "run" run_of_a_project
    "status" "status" status
    "test" "test" test_of_a_folder
    "tree" "tree" tree
    "validate" "validate" validate
    "verify" "verify" verify
    ;
    // `outsider.rs` builds one and examines the document: it has the tool chain that this takes.
    "plugin build" "plugin-build"
}

fn examine_all(shape: &str, documents: &[Value]) {
    assert!(!documents.is_empty(), "{shape}");
    for document in documents {
        assert_eq!(document["schema"], format!("pact/{shape}@1"));
        examine(shape, document);
    }
}

/// Fails when one of these places is in no document: then the runs show less than they are for.
#[track_caller]
fn shows(documents: &[Value], places: &[&str]) {
    for place in places {
        let is_there = documents.iter().any(|document| document.pointer(place).is_some_and(|value| !value.is_null()));
        assert!(is_there, "`{place}` is in none of {documents:#?}");
    }
}

#[test]
fn every_command_with_json_has_a_schema() {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(words) = open.pop() {
        let help = pact_alone(words.iter().map(String::as_str).chain(["--help"])).with_code(0).stdout;
        if help.split_whitespace().any(|word| word == "--json") {
            found.push(words.join(" "));
        }
        for name in commands_in(&help) {
            open.push([words.clone(), vec![name]].concat());
        }
    }
    found.sort();
    // An option may make another document of a command.
    let mut known: Vec<&str> = SHAPES.iter().map(|(words, _)| words.split(" --").next().unwrap()).collect();
    known.sort_unstable();
    known.dedup();
    assert_eq!(found, known, "each needs a schema in docs/schemas, and runs here");
}

/// The commands that a help text lists, without the one that shows help.
fn commands_in(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // What does not fit stands on a further line, more to the right.
    let names = list.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn commands_are_found_in_a_help_text() {
    let help = "Does.\n\nUsage: pact\n\nCommands:\n  one   First\n          more\n  help  Prints\n\nOptions:\n  -h\n";
    assert_eq!(commands_in(help), ["one"]);
    assert!(commands_in(&pact_alone(["--help"]).with_code(0).stdout).contains(&"test".to_owned()));
}

fn assess() -> Vec<Value> {
    let untested = [("shop.py", "def sell():\n    return 1\n"), ("test_shop.py", "def test_one():\n    pass\n")];
    let (plain, unread) = (folder(&untested), folder(&untested));
    write(&unread.path().join("odd.py"), "def (:\n");
    let sound = folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    let assessed = [&plain, &unread, &sound].map(|place| ran(place.path(), &["assess", "--json"], 0));
    let documents = assessed.to_vec();
    shows(&documents, &["/findings/0", "/assessors/0/codes/0", "/unparsed/0"]);
    documents
}

/// The standings of a project that has nothing, of one that has passed, and of one that was changed.
fn standings(command: &str) -> Vec<Value> {
    let empty = folder(&[("pact.yaml", "language: python\n"), ("task.md", "# A task\n")]);
    let broken = broken();
    let places = [empty.path(), &demo(), broken.path()];
    places.iter().map(|place| ran(place, &[command, "--json"], 0)).collect()
}

fn components() -> Vec<Value> {
    let documents = standings("components");
    shows(&documents, &["/components/0/verdict", "/components/1/phase", "/components/1/depends_on/0"]);
    documents
}

fn status() -> Vec<Value> {
    let documents = standings("status");
    shows(&documents, &["/components/0/verdict", "/components/1/phase", "/run/phase"]);
    documents
}

fn tree() -> Vec<Value> {
    let documents = standings("tree");
    shows(&documents, &["/root/children/0/stage", "/root/children/1/depends_on/0"]);
    documents
}

/// A contract whose one function returns this.
fn contract(version: u32, output: &str) -> String {
    json!({
        "component_id": "bank", "name": "Bank", "description": "d", "version": version,
        "functions": [{"name": "pay", "description": "d", "output_type": output,
                       "inputs": [{"name": "amount", "type_ref": "int"}]}],
    })
    .to_string()
}

fn contract_diff() -> Vec<Value> {
    let place = folder(&[("one.json", &contract(1, "int")), ("two.json", &contract(1, "int | None"))]);
    let diff = |new: &str, code| ran(place.path(), &["contract", "diff", "one.json", new, "--json"], code);
    let documents = vec![diff("one.json", 0), diff("two.json", 1)];
    shows(&documents, &["/changes/0", "/weight"]);
    documents
}

fn contract_history() -> Vec<Value> {
    let place = whole();
    let history = || ran(place.path(), &["contract", "history", "money", "--json"], 0);
    let one = history();
    let file = place.path().join("contracts/money/interface.json");
    let changed = read(&file).replacen("\"version\": 1", "\"version\": 2", 1);
    write(&file, &changed.replacen("\"description\": \"", "\"description\": \"More. ", 1));
    let documents = vec![one, history()];
    shows(&documents, &["/versions/1/changes/0", "/versions/1/weight"]);
    documents
}

fn demo_run() -> Vec<Value> {
    let documents = vec![demo_document()];
    shows(&documents, &["/components/0/verdict", "/components/0/code", "/certificate"]);
    documents
}

fn run_of_a_project() -> Vec<Value> {
    let (planned, broken) = (folder(&[]), broken());
    pact(planned.path(), ["demo", "here", "--no-run"]).with_code(0);
    let documents = vec![
        ran(planned.path(), &["run", "here", "--plan-only", "--json"], 0),
        ran(broken.path(), &["run", "--implement", "--json"], 1),
    ];
    shows(&documents, &["/components/0/finished", "/components/1/reasons/0", "/certificate"]);
    documents
}

fn doctor() -> Vec<Value> {
    let place = folder(&[]);
    let mut homeless = bare(place.path());
    homeless.args(["doctor", "--json"]).env_remove("HOME").env_remove("XDG_CACHE_HOME");
    let documents = vec![ran(place.path(), &["doctor", "--json"], 0), json(&run(homeless).with_code(2))];
    shows(&documents, &["/plugins/0", "/sandbox/findings/0", "/cache/path", "/cache/error"]);
    documents
}

fn explain() -> Vec<Value> {
    let one = |arguments: &[&str]| json(&pact_alone(arguments).with_code(0));
    vec![one(&["explain", "--json"]), one(&["explain", "endless-type", "--json"])]
}

fn diff() -> Vec<Value> {
    let changed = whole();
    write(&changed.path().join("src/money/new.py"), "VALUE = 1\n");
    write(&changed.path().join(".pact/implementations/money/attempts/1/src/gone.py"), "GONE = 1\n");
    let documents: Vec<Value> =
        ["money", "tariff"].iter().map(|component| ran(changed.path(), &["diff", component, "--json"], 0)).collect();
    shows(&documents, &["/changes/0/patch", "/known/1"]);
    documents
}

fn handoff_validation() -> Vec<Value> {
    let options = ["handoff", "tariff", "--validate", "--json"];
    let few = [&options[..], &["--max-tokens", "10"]].concat();
    let documents = vec![ran(&demo(), &options, 0), ran(&demo(), &few, 1)];
    shows(&documents, &["/issues/0"]);
    documents
}

fn handoff() -> Vec<Value> {
    vec![ran(&demo(), &["handoff", "tariff", "--json"], 0)]
}

fn init() -> Vec<Value> {
    let place = folder(&[("task.md", "mine\n")]);
    let documents: Vec<Value> = (0..2).map(|_| ran(place.path(), &["init", "--json"], 0)).collect();
    shows(&documents, &["/written/0", "/kept/0"]);
    documents
}

fn licenses() -> Vec<Value> {
    let place = folder(&[]);
    vec![ran(place.path(), &["licenses", "--json"], 0), ran(place.path(), &["licenses", "python", "--json"], 0)]
}

fn plugin_inspect() -> Vec<Value> {
    let (without, with) = (folder(&[]), folder(&[]));
    write(&with.path().join("pact.yaml"), "grants: { scripted: { workspace.read: [\"transcript/**\"] } }\n");
    let inspect = |place: &tempfile::TempDir, more: &[&str]| {
        ran(place.path(), &[&["plugin", "inspect", "--json"], more].concat(), 0)
    };
    let documents = vec![
        inspect(&without, &["python"]),
        inspect(&without, &["runner-js"]),
        inspect(&without, &["test-gap"]),
        inspect(&without, &["scripted", "--effective"]),
        inspect(&with, &["scripted", "--effective"]),
    ];
    let places = ["/manifest/ask/0", "/authority/lines/0/cut_by", "/authority/to_add/0", "/authority/settings"];
    shows(&documents, &places);
    shows(&documents, &["/authority/lines/0/granted/0"]);
    let kinds = documents.iter().flat_map(|document| document["interfaces"]["imports"].as_array().unwrap());
    assert!(kinds.into_iter().any(|import| import["kind"]["needs-grant"] == "workspace.read"));
    documents
}

fn plugin_list() -> Vec<Value> {
    vec![ran(folder(&[]).path(), &["plugin", "list", "--json"], 0)]
}

fn render() -> Vec<Value> {
    let place = folder(&[("bank.json", &contract(1, "Ghost")), ("next.json", &contract(2, "int"))]);
    let render = |file: &str, more: &[&str]| {
        let arguments = [&["render", file, "--lang", "python", "-o", "out", "--json"], more].concat();
        ran(place.path(), &arguments, 0)
    };
    let documents = vec![render("bank.json", &[]), render("bank.json", &[]), render("next.json", &["--force"])];
    shows(&documents, &["/files/0", "/findings/0"]);
    let states = documents.iter().map(|document| document["files"][1]["state"].as_str().unwrap());
    assert_eq!(states.collect::<Vec<_>>(), ["written", "unchanged", "replaced"]);
    documents
}

/// Each test depends on something else.
const FLAKY: &str = "import datetime\n\nSEEN = []\n\n\ndef test_first():\n    SEEN.append(1)\n\n\n\
    def test_order():\n    assert SEEN\n\n\ndef test_date():\n    assert datetime.date.today().year == 2024\n";

fn test_of_a_folder() -> Vec<Value> {
    let test = |place: &std::path::Path, more: &[&str], code| ran(place, &[&["test", "--json"], more].concat(), code);
    let one = folder(&[("test_sums.py", "def test_one():\n    assert 1 + 1 == 2\n\n\ndef test_two():\n    pass\n")]);
    let flaky = folder(&[("test_flaky.py", FLAKY)]);
    let endless = folder(&[("test_endless.py", "def test_endless():\n    while True:\n        pass\n")]);
    let (broken, bounded, out) = (broken(), bounded(), folder(&[]));
    let mut documents = vec![
        test(one.path(), &["--no-cache"], 0),
        test(one.path(), &["-k", "one", "--profile", out.path().to_str().unwrap()], 0),
        test(one.path(), &[], 0),
        test(one.path(), &[], 0),
        test(&project("python-assertions"), &[], 1),
        test(&project("python-fixture-marks"), &[], 1),
        test(&project("python-missing-module"), &[], 1),
        test(&project("ts-ledger"), &[], 0),
        test(flaky.path(), &["--seeds", "8"], 1),
        test(endless.path(), &["--fuel", "2000000000"], 1),
    ];
    shows(&documents, &["/cached", "/deselected", "/profile/functions/0", "/profile/tests/0", "/reason"]);
    shows(&documents, &["/seeds/1/clock_start", "/unstable/0/depends_on/0", "/collection_errors/0/missing_module"]);
    shows(&documents, &["/receipt/0/limit"]);
    let of_projects = [test(&demo(), &[], 0), test(broken.path(), &[], 1), test(bounded.path(), &["money"], 0)];
    shows(&of_projects, &["/components/0/calls/0", "/components/0/suites/0/verdict/tests/0"]);
    shows(&of_projects, &["/components/2/missing", "/components/0/performance/0"]);
    documents.extend(of_projects);
    documents
}

/// A project whose contract says how long a function may take, and how much memory.
fn bounded() -> tempfile::TempDir {
    let place = whole();
    let file = place.path().join("contracts/money/interface.json");
    let mut contract: Value = serde_json::from_str(&read(&file)).unwrap();
    contract["functions"][0]["performance_budget"] = json!({"p95_latency_ms": 10_000, "max_memory_mb": 500});
    write(&file, &contract.to_string());
    place
}

fn validate() -> Vec<Value> {
    let (sound, wrong, unread) = (whole(), whole(), whole());
    write(&wrong.path().join("contracts/money/interface.json"), &contract(1, "Ghost").replace("bank", "money"));
    write(&unread.path().join("contracts/money/interface.json"), "{");
    let documents = vec![
        ran(sound.path(), &["validate", "--json"], 0),
        ran(wrong.path(), &["validate", "--json"], 1),
        ran(unread.path(), &["validate", "--json"], 1),
    ];
    shows(&documents, &["/findings/0/line"]);
    documents
}

fn verify() -> Vec<Value> {
    let (sound, broken) = (whole(), broken());
    let documents = vec![
        ran(sound.path(), &["verify", "--json"], 0),
        ran(sound.path(), &["verify", "--rerun", "--json"], 0),
        ran(broken.path(), &["verify", "--rerun", "--json"], 1),
    ];
    shows(&documents, &["/compared/2/component", "/rerun/0/result/checks/0", "/rerun/1/differences/0"]);
    documents
}
