//! The command line as a whole: help, versions, completion, what is not known.

use crate::support::pact_alone;

#[test]
fn without_arguments_there_is_help_and_the_code_of_wrong_usage() {
    let ended = pact_alone([""; 0]).with_code(2);
    assert!(ended.stderr.contains("Usage: pact"), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
}

#[test]
fn help_that_was_asked_for_is_data() {
    let ended = pact_alone(["--help"]).with_code(0);
    assert!(ended.stdout.contains("Usage: pact"), "{}", ended.stdout);
    assert_eq!(ended.stderr, "");
    for code in ["0 good", "1 judged", "2 for you", "3 a plugin", "4 a provider", "70 a bug", "130 interrupted"] {
        assert!(ended.stdout.contains(code), "no `{code}` in {}", ended.stdout);
    }
}

#[test]
fn every_option_of_pact_test_is_explained() {
    let ended = pact_alone(["test", "--help"]).with_code(0);
    insta::assert_snapshot!(ended.stdout, @r"
    Runs the tests of a folder in a sandbox and judges them

    Usage: pact test [OPTIONS] [DIR|COMPONENT|FILE[::TEST]]...

    Arguments:
      [DIR|COMPONENT|FILE[::TEST]]...  The folder whose tests to run, or a project and components of it,
                                       or components of the project around, or test files of the working
                                       folder, or single tests of them [default: the project around,
                                       else the working folder]

    Options:
      -C <DIR>               Works as if pact had been started in DIR
          --lang <LANG>      The language of the tests, where the files do not tell
      -k <EXPR>              Runs only what matches the test framework's own selection expression
          --packages <DIR>   A folder of third-party packages that tests may import
          --seed <N>         Seeds all random numbers [default: 0]
          --seeds <N>        Runs the suite with N seeds from --seed on: after the plain run, each with
                             other random numbers, in another order and on another date. A test that
                             does not end the same every time is named, and fails the suite
          --fuel <N>         Units of fuel for the whole suite; one test may use a quarter of it, or of
                             the default where that is more [default: 100000000000]
          --receipts <FILE>  Appends the receipt of each session to FILE, one JSON document a line
          --junit <FILE>     Writes the results to FILE as JUnit XML, also when tests fail
          --watch            Runs again whenever a file of the suite changes, in a project those
                             components that a change concerns. Ends when it is interrupted, with code
                             130
          --isolate          Gives each test a new instance of the tested code, in a project. By default
                             only its modules are imported anew
          --jobs <N>         Judges so many components at the same time, each in sandboxes of its own
                             [default: one a core]
          --no-cache         Judges every suite anew: neither takes a verdict from the cache nor keeps
                             one. Compiled plugins are kept all the same
          --plots <DIR>      Writes a plot of every measured complexity bound into DIR, as
                             COMPONENT-FUNCTION.svg
          --profile <DIR>    Runs each suite once more, after it was judged, and writes where its fuel
                             goes into DIR: SUITE.svg, a flame graph, and SUITE.json; SUITE is the
                             component or `tests`. Prints the tests and functions that used most. To be
                             told of each call costs fuel; that is taken off the numbers, but an
                             average, so they differ a little from those of the judged run, and a
                             profiled suite may use four times the fuel. The first call of a library
                             function counts somewhat too much. What lies below the tested folder is
                             part of its suite: for two equal profiles, name a DIR elsewhere
          --json             Prints one JSON document instead of the report
      -h, --help             Print help
      -V, --version          Print version
    ");
}

#[test]
fn a_misspelt_command_gets_the_nearest_one() {
    let ended = pact_alone(["tset"]).with_code(2);
    assert!(ended.stderr.contains("'test'"), "{}", ended.stderr);
}

#[test]
fn every_shell_gets_a_completion_script() {
    for (shell, sign) in [("bash", "complete -F"), ("zsh", "#compdef pact"), ("fish", "complete -c pact")] {
        let ended = pact_alone(["completion", shell]).with_code(0);
        assert!(ended.stdout.contains(sign), "{shell}: {}", ended.stdout);
        assert!(ended.stdout.contains("packages"), "{shell} does not know the options");
    }
}

#[test]
fn a_value_that_cannot_be_meant_is_refused_before_anything_runs() {
    for arguments in [["--fuel", "0"], ["--fuel", "much"], ["--seed", "many"], ["--no-such-option", "1"]] {
        let ended = pact_alone(["test", arguments[0], arguments[1]]).with_code(2);
        assert!(ended.stderr.contains(arguments[0]), "{}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn the_version_is_the_same_for_every_command() {
    let version = pact_alone(["--version"]).with_code(0).stdout;
    assert_eq!(version, concat!("pact ", env!("CARGO_PKG_VERSION"), "\n"));
    let of_test = pact_alone(["test", "--version"]).with_code(0).stdout;
    assert!(of_test.ends_with(concat!(" ", env!("CARGO_PKG_VERSION"), "\n")), "{of_test}");
}
