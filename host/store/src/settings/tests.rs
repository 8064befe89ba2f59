use pact_model::component_id::ComponentId;
use pact_model::rendered_suite::RenderedSuite;
use serde_json::json;

use super::*;

fn parsed(text: &str) -> (Settings, Vec<SettingsWarning>) {
    Settings::parse("pact.yaml", text).expect("readable")
}

fn fault(text: &str) -> (String, Option<String>) {
    let error = Settings::parse("pact.yaml", text).expect_err("a fault");
    (error.to_string(), error.hint)
}

#[test]
fn an_empty_file_is_all_defaults() {
    for text in ["", "# nothing yet\n\n"] {
        assert_eq!(parsed(text), (Settings::default(), vec![]));
    }
}

#[test]
fn reads_the_keys_of_pact() {
    let (settings, warnings) = parsed(
        "language: python\n\
         models:\n  default: scripted/transcript\n  implement: other\n\
         plugins:\n  mine: ./mine.wasm\n  scripted:\n    settings: {folder: transcript}\n\
         grants:\n  scripted:\n    workspace.read: [\"transcript/**\"]\n\
         suites: [validators, smoke]\n\
         max_implementation_attempts: 5\nmax_concurrent_agents: 2\nplan_only: false\n",
    );
    assert_eq!(warnings, vec![]);
    assert_eq!(settings.language, LanguageSettings::one(LanguageSetting::Named("python".to_owned())));
    assert_eq!(settings.model_of("contract"), Some("scripted/transcript"));
    assert_eq!(settings.model_of("implement"), Some("other"));
    assert_eq!(settings.plugins["mine"].reference.as_deref(), Some("./mine.wasm"));
    assert_eq!(settings.plugins["scripted"].settings, json!({"folder": "transcript"}));
    assert_eq!(settings.grants, json!({"scripted": {"workspace.read": ["transcript/**"]}}));
    assert_eq!((settings.max_implementation_attempts, settings.max_concurrent_agents), (Some(5), Some(2)));
    assert_eq!(settings.plan_only, Some(false));
    assert_eq!(settings.suites, RenderedSuite::ALL[..2]);
}

#[test]
fn a_suite_that_does_not_exist_is_an_error() {
    let (message, _) = fault("suites: [smoke, goodhart]\n");
    assert!(message.contains("`suites` must be a list of `smoke`, `validators`"), "{message}");
    assert_eq!(parsed("suites: null\n").0, Settings::default());
}

#[test]
fn a_language_may_be_a_pair_of_plugins() {
    let (settings, _) = parsed("language: {backend: ./b.wasm, runner: ./r.wasm}");
    let pair = LanguageSetting::Pair { backend: "./b.wasm".to_owned(), runner: "./r.wasm".to_owned() };
    assert_eq!(settings.language, LanguageSettings::one(pair));
}

#[test]
fn a_component_may_have_a_language_of_its_own() {
    let (settings, _) =
        parsed("language:\n  default: python\n  shop: javascript\n  backend: {backend: ./b.wasm, runner: r}\n");
    let named = |name: &str| LanguageSetting::Named(name.to_owned());
    let pair = LanguageSetting::Pair { backend: "./b.wasm".to_owned(), runner: "r".to_owned() };
    let id = |text: &str| ComponentId::new(text).unwrap();
    assert_eq!(settings.language.of(&id("shop")), Some(&named("javascript")));
    assert_eq!(settings.language.of(&id("backend")), Some(&pair));
    assert_eq!(settings.language.of(&id("rates")), Some(&named("python")));
    assert_eq!(settings.language.all(), [&named("python"), &pair, &named("javascript")]);
}

#[test]
fn a_language_that_is_neither_a_name_nor_a_pair_nor_a_map_of_components_is_refused() {
    for text in [
        "language: 3",
        "language: {backend: a}",
        "language: {backend: a, runner: b, extra: c}",
        "language: {shop: python}",
    ] {
        let (message, _) = fault(text);
        assert!(message.contains("`language` must be the name of a language"), "{text}: {message}");
    }
    let (message, _) = fault("language: {default: python, 'Not An Id': python}");
    assert!(message.contains("`Not An Id` in `language` cannot be a component"), "{message}");
}

#[test]
fn a_key_of_the_reference_warns_once_with_its_replacement() {
    let (_, warnings) = parsed("language: python\nbackend: anthropic\n");
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].line, 2);
    assert!(warnings[0].message.starts_with("`backend` has no effect: name the provider in `models`"));
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() {
    let (message, hint) = fault("language: python\nmodles:\n  default: x\n");
    assert_eq!(message, "`pact.yaml`, line 2, column 1: unknown key `modles`");
    assert_eq!(hint.as_deref(), Some("did you mean `models`?"));
    let (_, hint) = fault("xyzzy: 1\n");
    assert_eq!(hint.as_deref(), Some("the keys of pact are `language`, `models`, `plugins` and `grants`"));
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_line() {
    let (message, _) = fault("language: python\nplan_only: perhaps\n");
    assert_eq!(message, "`pact.yaml`, line 2, column 1: `plan_only` must be `true` or `false`");
    let (message, _) = fault("plugins:\n  a: {path: x}\n");
    assert_eq!(message, "`pact.yaml`, line 1, column 1: unknown key `path` of the plugin `a`");
}

#[test]
fn what_is_no_yaml_is_named_with_its_line() {
    let error = Settings::parse("pact.yaml", "language: python\nmodels: [\n").expect_err("open");
    assert!(error.line >= 2, "{error}");
    let error = Settings::parse("pact.yaml", "language: a\nlanguage: b\n").expect_err("twice");
    assert!(error.line == 2, "{error}");
}

#[test]
fn every_key_of_the_reference_is_known() {
    let project_and_global = "arbiter_endpoint audit_dir audit_mode audit_repo autonomous_timeout backend budget build_mode \
        check_interval competitive_agents competitive_implementations constrain_dir context_max_chars default_budget \
        environment git_auto_branch git_auto_commit health_thresholds impatience language ledger_dir linear_api_key \
        linear_team_id max_concurrent_agents max_implementation_attempts max_phase_cycles max_plan_revisions \
        max_poll_attempts model model_pricing model_tiers monitoring_log_key_prefix package_namespace parallel_components \
        plan_only poll_integrations poll_interval processing_register production_artifact_dir production_profile readiness \
        register_check_rate role_backends role_models role_timeouts shaping shaping_budget_pct shaping_depth shaping_rigor \
        skip_arbiter slack_bot_token slack_channel slack_webhook test_framework tool_index_enabled";
    for key in project_and_global.split_whitespace() {
        let error = Settings::parse("pact.yaml", &format!("{key}: null\n")).err();
        assert!(error.is_none(), "{key}: {error:?}");
    }
}
