use super::*;

fn function(name: &str) -> Function {
    Function { name: name.to_owned(), path: "a.x".to_owned(), line: 1 }
}

/// Fuel, calls and name of each node, a root by its own.
fn rows(profile: &Profile) -> Vec<(String, u64, u64)> {
    let name = |node: &Node| match &node.frame {
        Frame::Outside => "outside".to_owned(),
        Frame::Test(id) => id.clone(),
        Frame::Function(number) => profile.functions[*number as usize].name.clone(),
        Frame::Folded => "folded".to_owned(),
    };
    let path = |node: &Node| {
        let mut path: Vec<String> = profile.callers(node).map(name).collect();
        path.reverse();
        path.push(name(node));
        path.join("/")
    };
    profile.nodes.iter().map(|node| (path(node), node.fuel, node.calls)).collect()
}

fn row(path: &str, fuel: u64, calls: u64) -> (String, u64, u64) {
    (path.to_owned(), fuel, calls)
}

/// A test in whose instance `f` and `g` are known.
fn begun() -> (Profiler, Teller) {
    let profiler = Profiler::new(1000);
    let mut teller = profiler.teller();
    teller.ask();
    assert_eq!(teller.declare(function("f"), 1000), 0);
    assert_eq!(teller.declare(function("g"), 1000), 1);
    profiler.settle(990);
    profiler.begin(Some("one"));
    (profiler, teller)
}

#[test]
fn fuel_belongs_to_what_runs_when_it_is_used() {
    let (profiler, mut teller) = begun();
    teller.enter(0, true, 980);
    teller.enter(1, true, 960);
    teller.leave(1, 930);
    teller.enter(1, true, 929);
    teller.leave(1, 928);
    teller.leave(0, 920);
    profiler.settle(915);
    profiler.begin(None);
    profiler.settle(910);
    let profile = profiler.close().unwrap();
    assert_eq!(rows(&profile), [row("outside", 15, 0), row("one", 15, 1), row("one/f", 29, 1), row("one/f/g", 31, 2)]);
    assert_eq!(profile.fuel(), 90, "nothing is lost");
}

#[test]
fn what_goes_on_after_it_waited_is_not_called_again() {
    let (profiler, mut teller) = begun();
    teller.enter(0, true, 990);
    teller.leave(0, 980);
    teller.enter(0, false, 980);
    teller.leave(0, 975);
    assert_eq!(rows(&profiler.close().unwrap())[2], row("one/f", 15, 1));
}

#[test]
fn an_end_without_a_beginning_changes_nothing_and_is_counted() {
    let (profiler, mut teller) = begun();
    teller.leave(0, 980);
    teller.enter(0, true, 970);
    teller.leave(1, 960);
    teller.leave(77, 950);
    profiler.settle(940);
    let profile = profiler.close().unwrap();
    assert_eq!(rows(&profile)[1..], [row("one", 20, 1), row("one/f", 30, 1)]);
    assert_eq!(profile.unmatched, 3);
}

#[test]
fn what_never_ends_ends_with_its_caller_and_with_its_test() {
    let (profiler, mut teller) = begun();
    teller.enter(0, true, 990);
    teller.enter(1, true, 990);
    teller.leave(0, 980);
    teller.enter(1, true, 970);
    profiler.settle(960);
    profiler.begin(Some("two"));
    profiler.settle(955);
    let rows = rows(&profiler.close().unwrap());
    assert_eq!(rows[1], row("one", 10, 1), "not of `g`, which `f` took along");
    assert_eq!(rows.last(), Some(&row("two", 5, 1)));
}

#[test]
fn the_other_side_cannot_end_what_called_it() {
    let (profiler, mut teller) = begun();
    let mut other = profiler.teller();
    other.declare(function("g"), 990);
    teller.enter(0, true, 990);
    profiler.settle(980);
    profiler.call();
    other.enter(0, true, 980);
    other.leave(0, 970);
    other.leave(0, 970);
    teller.leave(0, 970);
    other.enter(0, true, 960);
    profiler.settle(950);
    profiler.called(false);
    profiler.go_on(500);
    teller.leave(0, 490);
    profiler.settle(489);
    let profile = profiler.close().unwrap();
    assert_eq!(rows(&profile)[1..], [row("one", 1, 1), row("one/f", 30, 1), row("one/f/g", 20, 2)]);
    assert_eq!(profile.unmatched, 2);
}

#[test]
fn a_question_is_answered_on_top_of_what_asks() {
    let (profiler, mut teller) = begun();
    profiler.call();
    teller.enter(0, true, 990);
    profiler.settle(980);
    profiler.called(true);
    teller.enter(1, true, 980);
    profiler.settle(970);
    profiler.answer();
    profiler.go_on(800);
    teller.leave(0, 790);
    profiler.settle(785);
    profiler.called(false);
    profiler.settle(780);
    assert_eq!(rows(&profiler.close().unwrap())[1..], [row("one", 10, 1), row("one/f", 20, 1), row("one/f/g", 10, 1)]);
}

#[test]
fn measuring_is_taken_out_of_the_account() {
    let profiler = Profiler::new(100_000);
    let mut teller = profiler.teller();
    teller.ask();
    let mut left = 100_000;
    teller.calibrate(Phase::Plain, left);
    teller.calibrate(Phase::Told, left);
    for word in 0..40 {
        left -= 100;
        if word % 4 < 2 { teller.enter(0, true, left) } else { teller.leave(0, left) }
    }
    teller.calibrate(Phase::Done, left);
    let mark = left;
    teller.declare(function("f"), left);
    profiler.begin(Some("one"));
    left -= 150;
    teller.enter(0, true, left);
    left -= 107;
    teller.leave(0, left);
    profiler.settle(left - 60);
    let profile = profiler.close().unwrap();
    let rows = rows(&profile);
    assert_eq!(rows[2], row("one/f", 7, 1));
    // All from the declaration to its word is measuring, and half a word's cost from the last word to the end.
    assert_eq!((rows[1].1, profile.measuring_fuel), (10, 4000 + 150 + 100 + 50));
    assert_eq!(profile.fuel() + profile.measuring_fuel, 100_000 - (mark - 317));
}

#[test]
fn a_flood_is_folded() {
    let (profiler, mut teller) = begun();
    for _ in 0..20_000 {
        teller.enter(0, true, 900);
    }
    for _ in 0..20_000 {
        teller.leave(0, 900);
    }
    teller.enter(1, true, 900);
    profiler.settle(890);
    let profile = profiler.close().unwrap();
    assert_eq!((profile.unmatched, profile.folded_calls), (0, 20_000 - 256));
    assert_eq!(rows(&profile).last(), Some(&row("one/g", 10, 1)));
    assert_eq!(profile.nodes.len(), 2 + 256 + 1 + 1);
}

#[test]
fn too_many_functions_are_one() {
    let (profiler, mut teller) = begun();
    for number in 2..FUNCTIONS {
        assert_eq!(teller.declare(function(&number.to_string()), 990) as usize, number);
    }
    assert_eq!(teller.declare(function("one too many"), 990), u32::MAX);
    teller.enter(u32::MAX, true, 980);
    profiler.settle(970);
    let profile = profiler.close().unwrap();
    assert_eq!((profile.functions.len(), profile.folded_calls), (FUNCTIONS, 1));
    assert_eq!(rows(&profile).last(), Some(&row("one/folded", 10, 1)));
}

#[test]
fn too_many_nodes_are_one_to_each_caller() {
    let (profiler, _) = begun();
    let nodes = |profiler: &Profiler| profiler.lock().profile.nodes.len();
    while nodes(&profiler) < NODES {
        let id = nodes(&profiler).to_string();
        profiler.begin(Some(&id));
    }
    for test in ["x", "y", "z"] {
        profiler.begin(Some(test));
    }
    profiler.settle(980);
    assert_eq!(nodes(&profiler), NODES + 1);
    assert_eq!(rows(&profiler.close().unwrap()).last(), Some(&row("folded", 10, 3)));
}

#[test]
fn a_runner_that_never_asks_has_no_profile() {
    assert_eq!(Profiler::new(10).close(), None);
}
