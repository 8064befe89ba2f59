//! The `pact.yaml` that `pact init` writes: the four keys, each with what it is for.

use pact_grants::Manifest;

/// What the file says.
pub(super) struct Answers<'a> {
    /// The language.
    pub(super) language: &'a str,
    /// Provider and model of all roles, if there is one.
    pub(super) model: Option<&'a str>,
    /// The plugins that language and model bring in.
    pub(super) plugins: Vec<&'a Manifest>,
}

impl Answers<'_> {
    /// Returns the file.
    pub(super) fn yaml(&self) -> String {
        let models = match self.model {
            Some(model) => format!("models:\n  default: {model}\n"),
            None => "# models:\n#   default: PROVIDER/MODEL\n".to_owned(),
        };
        let grants = match self.grants() {
            grants if grants.is_empty() => "grants: {}\n".to_owned(),
            grants => format!("grants:\n{grants}"),
        };
        format!(
            "\
# The language of the components: a shipped one, or a pair of your own, or one for each component:
# language: {{backend: ./my-backend.wasm, runner: ./my-runner.wasm}}
# language: {{default: {language}, COMPONENT: OTHER_LANGUAGE}}
language: {language}

# What follows from a contract and must pass, too, beside the tests that somebody wrote:
# suites: [smoke, validators, emission]

# Who answers for which role: decompose, contract, author_tests, implement, or `default` for all of them.
{models}
# Settings of plugins by id, or plugins that are not shipped: `ID: ./file.wasm`.
plugins: {{}}

# What each plugin may do beyond computing. What is not granted here is refused.
{silent}{grants}",
            language = self.language,
            silent = self.silent(),
        )
    }

    fn grants(&self) -> String {
        let mut text = String::new();
        for manifest in self.plugins.iter().filter(|manifest| !manifest.asks.is_empty()) {
            text.push_str(&format!("  {}:\n", manifest.id));
            for ask in &manifest.asks {
                // A reason is the plugin's text: on one line it can only be a comment.
                let reason = crate::ui::line(&ask.reason);
                let scope: Vec<String> = ask.scope.texts().iter().map(|text| format!("{text:?}")).collect();
                text.push_str(&format!("    # {reason}\n    {}: [{}]\n", ask.capability, scope.join(", ")));
            }
        }
        text
    }

    fn silent(&self) -> String {
        let asks_nothing = |manifest: &&&Manifest| manifest.asks.is_empty();
        let ids: Vec<String> =
            self.plugins.iter().filter(asks_nothing).map(|manifest| format!("`{}`", manifest.id)).collect();
        if ids.is_empty() { String::new() } else { format!("# Nothing is asked for by {}.\n", ids.join(" and ")) }
    }
}

#[cfg(test)]
mod tests {
    use pact_grants::{Profile, UserGrants, decide};
    use pact_store::Settings;

    use super::*;

    fn manifest(text: &str) -> Manifest {
        Manifest::parse(text).unwrap()
    }

    fn backend() -> Manifest {
        manifest("id = 'a-language'\nversion = '1'\nworld = 'language-backend'\nlicense = 'MIT'\n")
    }

    fn provider() -> Manifest {
        manifest(
            "id = 'a-provider'\nversion = '1'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = ['a \"b\"/**', 'c']\nreason = \"reads\\ngrants: {}\"\n",
        )
    }

    #[test]
    fn the_grants_stand_with_their_reasons_and_are_what_the_plugin_asks_for() {
        let (backend, provider) = (backend(), provider());
        let answers =
            Answers { language: "a-language", model: Some("a-provider/m"), plugins: vec![&backend, &provider] };
        let yaml = answers.yaml();
        insta::assert_snapshot!(yaml, @r#"
        # The language of the components: a shipped one, or a pair of your own, or one for each component:
        # language: {backend: ./my-backend.wasm, runner: ./my-runner.wasm}
        # language: {default: a-language, COMPONENT: OTHER_LANGUAGE}
        language: a-language

        # What follows from a contract and must pass, too, beside the tests that somebody wrote:
        # suites: [smoke, validators, emission]

        # Who answers for which role: decompose, contract, author_tests, implement, or `default` for all of them.
        models:
          default: a-provider/m

        # Settings of plugins by id, or plugins that are not shipped: `ID: ./file.wasm`.
        plugins: {}

        # What each plugin may do beyond computing. What is not granted here is refused.
        # Nothing is asked for by `a-language`.
        grants:
          a-provider:
            # reads\ngrants: {}
            workspace.read: ["a \"b\"/**", "c"]
        "#);
        let (settings, warnings) = Settings::parse("pact.yaml", &yaml).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(settings.model_of("implement"), Some("a-provider/m"));
        let grants: UserGrants = serde_json::from_value(settings.grants).unwrap();
        assert!(decide(&provider, &grants, Profile::Dev).is_ok());
    }

    #[test]
    fn without_a_model_the_file_shows_where_one_goes() {
        let backend = backend();
        let yaml = Answers { language: "a-language", model: None, plugins: vec![&backend] }.yaml();
        let (settings, _) = Settings::parse("pact.yaml", &yaml).unwrap();
        assert!(settings.models.is_empty() && yaml.contains("#   default: PROVIDER/MODEL"), "{yaml}");
    }
}
