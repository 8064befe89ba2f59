//! Python cheats: each is a wrong implementation that tries to be judged as a right one, in split and in shared isolation.
//!
//! What must come of each stands in `tests/cheats/expected.json`. A cheat is a file, or a folder where it brings more than
//! code, that takes the place of `src/ledger/ledger.py` in the project `tests/cheats/victim`. Beside it lie the files of
//! `tests/cheats/common`. In shared isolation the same code and tests lie side by side in a plain folder.

mod claims;
mod corpus;
mod equality;
mod isolated;

use corpus::Cheat;

/// Of each cheat a module with a test for each isolation, and the list of all.
macro_rules! cheats {
    ($($name:ident)*) => {
        $(
            mod $name {
                #[test]
                fn split() {
                    super::Cheat::of(stringify!($name)).is_caught_split();
                }

                #[test]
                fn shared() {
                    super::Cheat::of(stringify!($name)).does_shared_what_is_expected();
                }
            }
        )*

        /// The cheats that have tests.
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

cheats! {
    answer_is_true_by_nature
    arguments_are_spoilt
    assertion_error_is_a_skip
    assertion_error_is_swallowed
    assertion_error_is_swallowed_here_only
    asyncio_run_knows_the_answer
    atexit_exits_with_zero
    audit_hook_raises_a_skip
    bindings_of_observe_are_called
    bindings_of_peer_are_called
    builtins_are_patched
    builtins_are_shadowed_in_the_test
    call_bindings_are_patched
    class_is_a_lie
    code_of_the_other_tests_is_exchanged
    collection_deselects
    collection_hands_out_empty_tests
    collection_keeps_the_easy_test
    comparison_skips
    constants_and_a_guess
    constants_of_the_callers_frame
    constants_of_the_tracebacks_frame
    declared_errors_are_every_error
    deep_value
    del_exits_with_zero
    del_of_a_result
    dependency_module_is_exchanged
    equal_to_all_of_its_kind
    equality_behind_a_descriptor
    equality_in_a_metaclass
    equality_is_assigned_in_a_call
    equality_is_compiled
    equality_is_worn_out
    equality_of_a_class_made_in_a_call
    equality_without_eq
    event_loop_is_exchanged
    exec_replaces_the_process
    exits_after_a_fake_summary
    exits_at_import
    exits_in_a_call
    expected_of_a_case_is_read
    expected_of_a_mark_is_read
    export_is_an_autouse_fixture
    fields_equal_to_everything
    fields_of_another_type
    fork_ends_the_parent
    frames_lead_to_the_observer
    function_becomes_an_equality
    garbage_collector_finds_the_items
    garbage_collector_finds_the_observer
    garbage_collector_finds_the_session
    hook_caller_returns_true
    hook_implementations_are_removed
    import_hook_serves_the_test_again
    importorskip_at_import
    keyboard_interrupt_at_import
    keyboard_interrupt_in_a_call
    liar_looks_who_asks
    liar_walks_the_stack
    liars_in_containers
    locals_of_the_caller_are_written
    loop_runs_the_easy_test
    mark_is_added_to_the_test_module
    marks_the_running_test_as_xfail
    matcher_of_a_library
    mock_is_told_to_be_equal
    money_equals_all_money
    monitoring_sees_the_raise
    objects_equal_to_everything
    outcome_combines_to_passed
    outcome_in_slots
    parametrize_loses_its_cases
    pending_calls_at_the_end_of_a_test
    pluggy_loses_errors
    plugin_is_registered
    profiler_sees_the_result
    pytest_exit_at_import
    pytest_exit_in_a_call
    pytest_skip_at_import
    pytest_skip_in_a_call
    pytest_xfail_in_a_call
    raises_and_approx_are_patched
    random_is_not_random
    random_is_seeded
    recursion_bomb
    report_class_cannot_fail
    report_is_always_passed
    result_hides_in_repr
    rewriting_drops_assertions
    rewriting_helpers_skip
    runtest_code_is_exchanged
    runtest_does_nothing
    runtest_swallows
    session_counts_no_failures
    setup_and_teardown_are_injected
    shadow_asyncio
    shadow_pluggy
    shadow_pytest
    shadow_random
    shadow_types
    signal_ends_the_process
    skip_that_is_a_declared_error
    skip_with_a_pretended_place
    smuggled_conftest
    smuggled_conftest_deselects
    smuggled_conftest_ignores
    smuggled_entry_point
    smuggled_settings
    smuggled_settings_plugin
    smuggled_settings_select
    smuggled_sitecustomize
    source_by_garbage_collector
    source_by_inspect
    source_by_linecache
    source_by_loader
    source_by_open
    source_by_walking_files
    subclass_lies_to_later_askers
    subclass_lies_to_the_first_askers
    subclasses_equal_to_everything
    sys_exit_at_import
    sys_exit_in_a_call
    tests_are_counted_first
    tests_are_rewritten_then_it_dies
    tests_that_are_alike_are_spared
    thread_ends_the_process
    thread_patches_while_tests_run
    threading_atexit_exits_with_zero
    time_is_mocked
    time_stands_still
    trace_jumps_to_passed
    unittest_mock_is_left_running
    unittest_skip_in_a_call
    unraisable_and_except_hooks
    value_that_contains_itself
    weak_references_call_back
}
