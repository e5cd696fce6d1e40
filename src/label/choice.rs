//! Why a block got the kind it has: what each measure, the lexicon and the neighbours did to tell it from the kind
//! that it would have had instead.

use std::sync::OnceLock;

use super::decide::{CONTENT, Odds, Prices, totals};
use super::{CUE_EVIDENCE, HEADING_EVIDENCE, KINDS, MOST_TOPICS, TOPIC_EVIDENCE, forest};
use crate::lexicon::Spoken;
use crate::page::{BoilerplateKind, Evidence, KindChoice};
use crate::score::{Form, UNIT};

/// What the labels of a page's blocks were chosen from, kept so that a choice can be explained later.
#[derive(Debug)]
pub(crate) struct Choices {
    pub form: Form,
    /// What a change of label cost.
    pub(super) prices: Prices,
    /// The log-odds of every kind for every block, what the lexicon says included, and those of content.
    pub evidence: Vec<i32>,
    pub content: Vec<i32>,
    /// The label of every block: its place among all kinds of boilerplate, or [`CONTENT`].
    pub labels: Vec<usize>,
    /// What the words of each block say.
    pub spoken: Vec<Spoken>,
    /// The kind whose cue each block stands under, where that counts.
    pub headings: Vec<Option<usize>>,
    /// See [`totals`]; made when first asked for, for all blocks at once.
    pub totals: OnceLock<Vec<i32>>,
}

impl Choices {
    /// Why the block at `block` has its kind; `None` if it is main content. `row` are its measures, and `names` what
    /// they are called.
    pub fn explain(&self, block: usize, row: &[f32], names: &[String]) -> Option<KindChoice> {
        let kind = self.labels.get(block).copied().filter(|&label| label != CONTENT)?;
        let odds = Odds { kinds: &self.evidence, content: &self.content };
        let totals = self.totals.get_or_init(|| totals(odds, self.prices));
        let of_block = |all: &[i32]| -> Option<[i32; KINDS]> {
            all.get(block * KINDS..)?.first_chunk::<KINDS>().copied()
        };
        let (totals, evidence) = (of_block(totals)?, of_block(&self.evidence)?);
        let others = (0..KINDS).filter(|&other| other != kind);
        let runner_up = others.max_by_key(|&other| (totals[other], KINDS - other))?;
        let apart = |odds: &[i32; KINDS]| odds[kind] - odds[runner_up];

        let mut all = self.lexicon(block, kind, runner_up);
        let forest = forest(self.form);
        let (own, its) = (forest.contributions(row, kind), forest.contributions(row, runner_up));
        all.extend(own.iter().zip(&its).map(|(&(measure, own), (_, its))| Evidence {
            measure: names.get(usize::from(measure)).cloned().unwrap_or_default(),
            value: row.get(usize::from(measure)).copied().unwrap_or_default(),
            contribution: own - its,
        }));
        let known: f32 = all.iter().map(|part| part.contribution).sum();
        let mut rest = |measure: &str, part: f32| {
            all.push(Evidence { measure: measure.to_owned(), value: part, contribution: part });
        };
        rest("prior", apart(&evidence) as f32 / UNIT - known);
        rest("neighbours", (apart(&totals) - apart(&evidence)) as f32 / UNIT);
        all.retain(|part| part.contribution != 0.0);
        all.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Some(KindChoice {
            kind: BoilerplateKind::ALL[kind],
            runner_up: BoilerplateKind::ALL[runner_up],
            margin: apart(&totals) as f32 / UNIT,
            evidence: all,
        })
    }

    /// What the words say for `kind` and against `other`.
    fn lexicon(&self, block: usize, kind: usize, other: usize) -> Vec<Evidence> {
        let mut parts = Vec::new();
        let Some(spoken) = self.spoken.get(block) else { return parts };
        for of in [kind, other] {
            let mut part = |what: &str, found: u8, odds: i32| {
                let odds = odds as f32 / UNIT;
                parts.push(Evidence {
                    measure: format!("lexicon.{what}.{}", BoilerplateKind::ALL[of]),
                    value: f32::from(found),
                    contribution: if of == kind { odds } else { -odds },
                });
            };
            // The kinds that have cues are the first kinds, in the same order.
            let (Some(&cue), Some(&topics)) = (spoken.cues.get(of), spoken.topics.get(of)) else { continue };
            part("cue", cue, CUE_EVIDENCE[usize::from(cue.min(3))]);
            part("topic", topics, TOPIC_EVIDENCE * i32::from(topics.min(MOST_TOPICS)));
            if self.headings.get(block) == Some(&Some(of)) {
                part("heading", 1, HEADING_EVIDENCE);
            }
        }
        parts
    }
}
