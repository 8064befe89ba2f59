//! Many components: at the same time, in one order, and for nothing when nothing has changed.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::components::project;
use crate::support::{folder, own_cache, read, ready, run, write};

fn document(folder: &Path, jobs: &str) -> Value {
    let mut command = ready(folder);
    command.args(["test", "--no-cache", "--json", "--jobs", jobs, "--receipts"]).arg(format!("{jobs}.jsonl"));
    serde_json::from_str(&run(command).with_code(0).stdout).unwrap()
}

/// Takes out what is a matter of real time.
fn timeless(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "seconds" && name != "wall_ms");
            fields.values_mut().for_each(timeless);
        }
        Value::Array(values) => values.iter_mut().for_each(timeless),
        _ => {}
    }
}

#[test]
fn components_at_the_same_time_are_judged_as_one_after_the_other() {
    let project = project();
    let (mut one, mut two) = (document(project.path(), "1"), document(project.path(), "2"));
    timeless(&mut one);
    timeless(&mut two);
    assert_eq!(one.to_string(), two.to_string());
    let receipts = |jobs: &str| -> Vec<Value> {
        let text = read(&project.path().join(format!("{jobs}.jsonl")));
        let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.iter_mut().for_each(timeless);
        lines
    };
    assert!(receipts("1").len() >= 3);
    assert_eq!(receipts("1"), receipts("2"));
}

#[test]
fn the_report_stands_in_the_order_of_the_components_with_the_marks_of_each() {
    let project = project();
    let report = |jobs: &str| {
        let mut command = ready(project.path());
        command.args(["test", "--no-cache", "--jobs", jobs]);
        let ended = run(command).with_code(0);
        let but_time: Vec<String> =
            ended.stdout.lines().filter(|line| !line.contains(" passed in ")).map(str::to_owned).collect();
        (but_time, ended.stderr)
    };
    assert_eq!(report("1"), report("3"));
}

#[test]
fn an_interrupt_ends_all_of_them_at_once() {
    let project = project();
    for component in ["money", "tariff"] {
        let file = project.path().join(format!("tests/{component}/contract_test.py"));
        let endless = "\n\ndef test_endless():\n    while True:\n        pass\n";
        write(&file, &(read(&file) + endless));
    }
    let mut command = ready(project.path());
    command.args(["test", "--no-cache", "--jobs", "2"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(child.try_wait().unwrap(), None, "the endless tests end only with their fuel");
    let began = Instant::now();
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

/// A project of so many components that call nothing.
fn flat(count: usize) -> tempfile::TempDir {
    let demo = project();
    let place = folder(&[("pact.yaml", "language: python\n")]);
    let mut nodes = serde_json::Map::new();
    let node = |id: &str, parent: &str, children: &[String]| {
        json!({ "component_id": id, "name": id, "description": "", "depth": u8::from(!parent.is_empty()), "parent_id": parent,
            "children": children, "dependencies": [], "implementation_status": "tested" })
    };
    let ids: Vec<String> = (0..count).map(|number| format!("money_{number}")).collect();
    nodes.insert("root".to_owned(), node("root", "", &ids));
    for id in &ids {
        nodes.insert(id.clone(), node(id, "root", &[]));
        for (from, to) in [
            ("contracts/money/interface.json", format!("contracts/{id}/interface.json")),
            ("src/money/money.py", format!("src/{id}/{id}.py")),
            ("tests/money/contract_test.py", format!("tests/{id}/contract_test.py")),
        ] {
            let text = read(&demo.path().join(from));
            let own = match from.ends_with(".json") {
                true => text.replace("\"component_id\": \"money\"", &format!("\"component_id\": \"{id}\"")),
                false => text
                    .replace("from money import", &format!("from {id} import"))
                    .replace("money_types", &format!("{id}_types"))
                    .replace("money_events", &format!("{id}_events")),
            };
            write(&place.path().join(to), &own);
        }
    }
    write(&place.path().join("decomposition/tree.json"), &json!({ "root_id": "root", "nodes": nodes }).to_string());
    place
}

#[test]
#[expect(clippy::print_stdout, reason = "the number is worth a look")]
fn an_unchanged_component_costs_less_than_a_millisecond() {
    const MORE: u32 = 50;
    let cache = own_cache();
    let test = |folder: &Path| {
        let mut command = ready(folder);
        command.args(["test"]).env("XDG_CACHE_HOME", cache.path());
        run(command).with_code(0)
    };
    let best = |folder: &Path| {
        test(folder);
        let runs = (0..20).map(|_| {
            let ended = test(folder);
            let lines = ended.stdout.matches("from the verdict cache").count();
            assert_eq!(lines, ended.stdout.matches("\nverdict: ").count(), "{}", ended.stdout);
            ended.took
        });
        runs.min().unwrap()
    };
    let (one, all) = (flat(1), flat(1 + MORE as usize));
    let (one, all) = (best(one.path()), best(all.path()));
    let each = all.saturating_sub(one) / MORE;
    // Seen with `--nocapture`.
    println!("1 component {one:?}, {} components {all:?}: {each:?} each", MORE + 1);
    assert!(each < Duration::from_millis(1), "{each:?}");
}
