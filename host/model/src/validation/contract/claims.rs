//! Checks of what a component claims: data that it reads and writes, domains that it decides about.

use std::collections::BTreeSet;

use super::Checker;
use crate::contract::ComponentContract;

/// The shortest rationale that can say something specific.
const MIN_RATIONALE_CHARACTERS: usize = 20;

/// The tiers of data that everybody knows. What is in none of them ranks as the most severe one.
const TIERS: [&str; 6] = ["PUBLIC", "INTERNAL", "PII", "FINANCIAL", "AUTH", "COMPLIANCE"];

impl Checker<'_> {
    pub(super) fn claims(&mut self, contract: &ComponentContract) {
        let access = &contract.data_access;
        if !(access.reads.is_empty() && access.writes.is_empty() && access.side_effects.is_empty()) {
            self.rationale(&access.rationale, "data_access", "/data_access/rationale");
        }
        for (field, tiers) in [("reads", &access.reads), ("writes", &access.writes)] {
            for (index, tier) in tiers.iter().enumerate() {
                self.tier(tier, &format!("/data_access/{field}/{index}"));
            }
        }
        let declared: BTreeSet<&String> = access.reads.iter().chain(&access.writes).collect();
        for (index, effect) in access.side_effects.iter().enumerate() {
            let at = format!("/data_access/side_effects/{index}");
            if effect.kind.trim().is_empty() {
                self.error("empty-name", &format!("{at}/type"), "the effect does not say what it is");
            }
            if effect.classification.trim().is_empty() {
                continue;
            }
            self.tier(&effect.classification, &format!("{at}/classification"));
            if !declared.contains(&effect.classification) {
                let message = format!(
                    "`{}` is neither among the tiers that are read nor among those that are written",
                    effect.classification.escape_debug()
                );
                self.error("undeclared-tier", &format!("{at}/classification"), message);
            }
        }
        let authority = &contract.authority;
        if !authority.domains.is_empty() {
            self.rationale(authority.rationale.as_deref().unwrap_or_default(), "authority", "/authority/rationale");
        }
        for (index, domain) in authority.domains.iter().enumerate() {
            if domain.trim().is_empty() {
                self.error("empty-name", &format!("/authority/domains/{index}"), "the domain has no name");
            }
        }
        self.duplicates("domain", "/authority/domains", authority.domains.iter().map(String::as_str));
    }

    fn tier(&mut self, tier: &str, pointer: &str) {
        if !TIERS.contains(&tier) {
            let message = format!("`{}` is no tier that everybody knows: {}", tier.escape_debug(), TIERS.join(", "));
            self.warning("unknown-tier", pointer, message);
        }
    }

    fn rationale(&mut self, text: &str, what: &str, pointer: &str) {
        if text.trim().chars().count() < MIN_RATIONALE_CHARACTERS {
            let message = format!(
                "`{what}` claims something and does not say why, in at least {MIN_RATIONALE_CHARACTERS} characters"
            );
            self.error("missing-rationale", pointer, message);
        }
    }
}
