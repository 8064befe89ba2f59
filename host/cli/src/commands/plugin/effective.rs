//! `pact plugin inspect --effective`: each line of the decision about a plugin, with what cut it.

use pact_grants::{Factor, Line, Manifest, Profile, UserGrants, decide};
use serde::Serialize;

use super::inspection::section;
use crate::ui::{line, text};

/// The decision that a run here would come to.
#[derive(Debug, Serialize)]
pub(super) struct Decision {
    /// The settings that the grants are from; absent outside a project.
    settings: Option<String>,
    profile: Profile,
    /// Whether the plugin would be loaded.
    is_loaded: bool,
    lines: Vec<Line>,
    /// What would have to be added to the settings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to_add: Vec<String>,
}

/// Decides as a run does.
pub(super) fn decision(manifest: &Manifest, grants: &UserGrants, settings: Option<&str>) -> Decision {
    let profile = Profile::Dev;
    let (is_loaded, lines, to_add) = match decide(manifest, grants, profile) {
        Ok(authority) => (true, authority.lines().to_vec(), Vec::new()),
        Err(refused) => {
            let to_add = refused.denials.iter().map(pact_grants::Denial::lines_to_add).collect();
            (false, refused.lines, to_add)
        }
    };
    Decision { settings: settings.map(str::to_owned), profile, is_loaded, lines, to_add }
}

impl Decision {
    /// Returns it for people.
    pub(super) fn report(&self) -> String {
        let grants = match &self.settings {
            Some(file) => format!("grants: those of {}", line(file)),
            None => "grants: none, because there is no pact.yaml here or above".to_owned(),
        };
        let mut lines = vec![grants, "run profile: dev".to_owned()];
        lines.extend(self.lines.iter().map(words));
        if self.lines.is_empty() {
            lines.push("it asks for nothing, and gets nothing beyond its world".to_owned());
        }
        let mut report = section("authority here", lines.into_iter(), "");
        for add in &self.to_add {
            report.push_str(&format!("  to allow it, add to pact.yaml:\n    {}\n", text(add)));
        }
        report.push_str(if self.is_loaded { "  it would be loaded\n" } else { "  it would not be loaded\n" });
        report
    }
}

fn words(decided: &Line) -> String {
    let patterns = |texts: &[String]| format!("`{}`", line(&texts.join("`, `")));
    let asked = patterns(&decided.asked);
    let outcome = match decided.cut_by {
        Some(Factor::Grants) => "refused: no grant covers it".to_owned(),
        Some(Factor::Profile) => "refused: the run profile does not allow it".to_owned(),
        None if decided.granted == decided.asked => "granted as asked".to_owned(),
        None => format!("granted {}: it reaches what both lists match", patterns(&decided.granted)),
    };
    format!("{} on {asked}: {outcome}", decided.capability)
}

#[cfg(test)]
mod tests {
    use pact_grants::{Grant, Patterns};

    use super::*;

    fn report(granted: Option<&str>) -> String {
        let manifest = Manifest::parse(
            "id = 'scripted'\nversion = '1'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = 'transcript/**'\nreason = 'reads it'\n",
        )
        .unwrap();
        let mut grants = UserGrants::default();
        if let Some(pattern) = granted {
            let grant = Grant { workspace_read: Some(Patterns::parse([pattern]).unwrap()) };
            grants.insert(manifest.id.clone(), grant);
        }
        decision(&manifest, &grants, granted.map(|_| "/p/pact.yaml")).report()
    }

    #[test]
    fn without_a_grant_the_lines_to_add_are_shown() {
        insta::assert_snapshot!(report(None), @r#"
        authority here
          grants: none, because there is no pact.yaml here or above
          run profile: dev
          workspace.read on `transcript/**`: refused: no grant covers it
          to allow it, add to pact.yaml:
            grants: { scripted: { workspace.read: ["transcript/**"] } }
          it would not be loaded
        "#);
    }

    #[test]
    fn a_grant_that_covers_the_ask_is_named_with_its_file() {
        insta::assert_snapshot!(report(Some("transcript/**")), @r"
        authority here
          grants: those of /p/pact.yaml
          run profile: dev
          workspace.read on `transcript/**`: granted as asked
          it would be loaded
        ");
    }

    #[test]
    fn a_grant_of_another_reach_is_shown_beside_the_ask() {
        assert!(report(Some("**/*.md")).contains("granted `**/*.md`: it reaches what both lists match"));
    }
}
