//! Presentation MathML as TeX, for formulas that carry no TeX source along.
//!
//! What the elements mean: [MathML Core](https://www.w3.org/TR/mathml-core/).

use crate::squash::squash;
use crate::tree::{NodeData, NodeId, Step, Tree};

/// Formulas nest a few levels; what nests deeper than this is left as text.
const MOST_NESTED: usize = 48;

/// Functions that TeX has commands for.
const FUNCTIONS: [&str; 32] = [
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp",
    "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec",
    "sin", "sinh", "sup", "tan", "tanh",
];

/// Functions and signs whose limits stand under and over them.
const WITH_LIMITS: [&str; 15] = [
    "\\sum", "\\prod", "\\int", "\\bigcup", "\\bigcap", "\\lim", "\\liminf", "\\limsup", "\\max", "\\min",
    "\\sup", "\\inf", "\\det", "\\gcd", "\\Pr",
];

/// An element on the way down.
struct Open<'t> {
    name: &'t str,
    /// What its children are in TeX.
    parts: Vec<String>,
    /// The text right inside of it.
    text: String,
}

/// A formula in TeX; none if nothing of it shows, or if it is longer than `most` bytes.
pub(super) fn tex(tree: &Tree, math: NodeId, most: usize) -> Option<String> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut length = 0;
    let mut walk = tree.walk(math);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match tree.data(id) {
                NodeData::Text(_) => {
                    let text = tree.text(id);
                    length += text.trim().len();
                    open.last_mut()?.text.push_str(text);
                }
                NodeData::Element(element) => {
                    let name = &*element.name.local;
                    if open.len() == MOST_NESTED || length > most {
                        return None;
                    }
                    if matches!(name, "annotation" | "annotation-xml" | "mphantom" | "script" | "style") {
                        walk.skip_inside(id);
                    }
                    open.push(Open { name, parts: Vec::new(), text: String::new() });
                }
                _ => {}
            },
            Step::Leave(id) => {
                if tree.element(id).is_none() {
                    continue;
                }
                let fence = tree.attribute_called(id, "open");
                let written = open.pop()?.write(fence);
                let Some(around) = open.last_mut() else {
                    let is_shown = !written.trim().is_empty() && written.len() <= most;
                    return is_shown.then_some(written);
                };
                around.parts.push(written);
            }
        }
    }
    None
}

impl Open<'_> {
    fn write(self, fence: Option<&str>) -> String {
        let text = squash(&self.text);
        let part = |at: usize| self.parts.get(at).map_or("", String::as_str);
        match self.name {
            "mi" | "mo" | "mn" => token(&text, self.name),
            "mtext" | "ms" if text.is_empty() => row(&self.parts),
            "mtext" | "ms" => format!("\\text{{{}}}", escape(&text)),
            "mspace" | "none" | "mprescripts" => String::new(),
            "annotation" | "annotation-xml" | "mphantom" | "script" | "style" => String::new(),
            "mfrac" => format!("\\frac{{{}}}{{{}}}", part(0), part(1)),
            "msqrt" => format!("\\sqrt{{{}}}", row(&self.parts)),
            "mroot" => format!("\\sqrt[{}]{{{}}}", part(1), part(0)),
            "msup" => scripts(part(0), "", part(1)),
            "msub" => scripts(part(0), part(1), ""),
            "msubsup" => scripts(part(0), part(1), part(2)),
            "munder" => under_over(part(0), part(1), ""),
            "mover" => under_over(part(0), "", part(1)),
            "munderover" => under_over(part(0), part(1), part(2)),
            "mmultiscripts" => scripts(part(0), part(1), part(2)),
            "mtr" | "mlabeledtr" => self.parts.join(" & "),
            "mtable" => format!("\\begin{{matrix}}{}\\end{{matrix}}", self.parts.join(" \\\\ ")),
            "mfenced" => fenced(fence, &self.parts),
            "maction" => part(0).to_owned(),
            _ if !text.is_empty() && self.parts.is_empty() => format!("\\text{{{}}}", escape(&text)),
            _ => row(&self.parts),
        }
    }
}

/// Parts in a row. A command and a letter behind it stay two.
fn row(parts: &[String]) -> String {
    let mut out = String::new();
    for part in parts {
        if ends_in_command(&out) && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

fn ends_in_command(tex: &str) -> bool {
    let rest = tex.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    rest.len() < tex.len() && rest.ends_with('\\')
}

/// A name, number or sign.
fn token(text: &str, element: &str) -> String {
    if FUNCTIONS.contains(&text) {
        return format!("\\{text}");
    }
    if element == "mi" && text.chars().count() > 1 && text.chars().all(char::is_alphabetic) {
        return format!("\\mathrm{{{}}}", escape(text));
    }
    escape(text)
}

/// Signs as TeX has them.
fn escape(text: &str) -> String {
    let mut parts = Vec::new();
    let mut in_text = String::new();
    for c in text.chars() {
        let command = match c {
            '{' => "\\{",
            '}' => "\\}",
            '%' => "\\%",
            '&' => "\\&",
            '#' => "\\#",
            '_' => "\\_",
            '\\' => "\\backslash",
            '^' => "\\hat{}",
            '~' => "\\sim",
            '−' => "-",
            '\u{a0}' => " ",
            // Signs for what is applied, multiplied, separated or added without being shown.
            '\u{2061}'..='\u{2064}' | '\u{200b}' => continue,
            _ => command(c).unwrap_or(""),
        };
        match command.is_empty() {
            true => in_text.push(c),
            false => {
                parts.push(std::mem::take(&mut in_text));
                parts.push(command.to_owned());
            }
        }
    }
    parts.push(in_text);
    row(&parts)
}

/// The command of a sign that fonts of text seldom have.
fn command(c: char) -> Option<&'static str> {
    const COMMANDS: [(char, &str); 76] = [
        ('×', "\\times"),
        ('÷', "\\div"),
        ('±', "\\pm"),
        ('∓', "\\mp"),
        ('·', "\\cdot"),
        ('⋅', "\\cdot"),
        ('∘', "\\circ"),
        ('∑', "\\sum"),
        ('∏', "\\prod"),
        ('∫', "\\int"),
        ('∮', "\\oint"),
        ('⋃', "\\bigcup"),
        ('⋂', "\\bigcap"),
        ('∂', "\\partial"),
        ('∇', "\\nabla"),
        ('∞', "\\infty"),
        ('√', "\\surd"),
        ('≤', "\\le"),
        ('≥', "\\ge"),
        ('≠', "\\ne"),
        ('≈', "\\approx"),
        ('≡', "\\equiv"),
        ('∼', "\\sim"),
        ('∝', "\\propto"),
        ('≪', "\\ll"),
        ('≫', "\\gg"),
        ('∈', "\\in"),
        ('∉', "\\notin"),
        ('⊂', "\\subset"),
        ('⊆', "\\subseteq"),
        ('∪', "\\cup"),
        ('∩', "\\cap"),
        ('∅', "\\emptyset"),
        ('∀', "\\forall"),
        ('∃', "\\exists"),
        ('¬', "\\neg"),
        ('∧', "\\wedge"),
        ('∨', "\\vee"),
        ('→', "\\to"),
        ('←', "\\leftarrow"),
        ('↔', "\\leftrightarrow"),
        ('⇒', "\\Rightarrow"),
        ('⇔', "\\Leftrightarrow"),
        ('…', "\\ldots"),
        ('⋯', "\\cdots"),
        ('⟨', "\\langle"),
        ('⟩', "\\rangle"),
        ('′', "\\prime"),
        ('α', "\\alpha"),
        ('β', "\\beta"),
        ('γ', "\\gamma"),
        ('δ', "\\delta"),
        ('ε', "\\varepsilon"),
        ('ϵ', "\\epsilon"),
        ('ζ', "\\zeta"),
        ('η', "\\eta"),
        ('θ', "\\theta"),
        ('κ', "\\kappa"),
        ('λ', "\\lambda"),
        ('μ', "\\mu"),
        ('ν', "\\nu"),
        ('ξ', "\\xi"),
        ('π', "\\pi"),
        ('ρ', "\\rho"),
        ('σ', "\\sigma"),
        ('τ', "\\tau"),
        ('φ', "\\varphi"),
        ('ϕ', "\\phi"),
        ('χ', "\\chi"),
        ('ψ', "\\psi"),
        ('ω', "\\omega"),
        ('Γ', "\\Gamma"),
        ('Δ', "\\Delta"),
        ('Σ', "\\Sigma"),
        ('Φ', "\\Phi"),
        ('Ω', "\\Omega"),
    ];
    COMMANDS.iter().find(|(sign, _)| *sign == c).map(|(_, command)| *command)
}

/// What a script or an accent stands at.
fn base(tex: &str) -> String {
    let is_command = tex.strip_prefix('\\').is_some_and(|name| name.chars().all(|c| c.is_ascii_alphabetic()));
    let is_one = tex.chars().count() == 1 || is_command && tex.len() > 1;
    if is_one { tex.to_owned() } else { format!("{{{tex}}}") }
}

fn scripts(at: &str, sub: &str, sup: &str) -> String {
    let mut out = base(at);
    for (sign, script) in [('_', sub), ('^', sup)] {
        if !script.is_empty() {
            out.push(sign);
            out.push_str(&base(script));
        }
    }
    out
}

fn under_over(at: &str, under: &str, over: &str) -> String {
    if WITH_LIMITS.contains(&at) {
        return scripts(at, under, over);
    }
    let mut out = at.to_owned();
    if !over.is_empty() {
        out = match accent(over) {
            Some(accent) => format!("{accent}{{{out}}}"),
            None => format!("\\overset{{{over}}}{{{out}}}"),
        };
    }
    match under {
        "" => out,
        "⏟" => format!("\\underbrace{{{out}}}"),
        "¯" | "‾" | "\\_" | "\u{332}" => format!("\\underline{{{out}}}"),
        _ => format!("\\underset{{{under}}}{{{out}}}"),
    }
}

fn accent(over: &str) -> Option<&'static str> {
    Some(match over {
        "\\hat{}" | "ˆ" | "\u{302}" => "\\hat",
        "¯" | "‾" | "\\_" | "\u{304}" | "\u{305}" => "\\overline",
        "\\sim" | "˜" | "\u{303}" => "\\tilde",
        "\\to" | "\u{20d7}" => "\\vec",
        "˙" | "." | "\u{307}" => "\\dot",
        "¨" | "\u{308}" => "\\ddot",
        "ˇ" | "\u{30c}" => "\\check",
        "⏞" => "\\overbrace",
        _ => return None,
    })
}

fn fenced(open: Option<&str>, parts: &[String]) -> String {
    let (open, close) = match open.map(str::trim) {
        None | Some("(") => ("(", ")"),
        Some("[") => ("[", "]"),
        Some("{") => ("\\{", "\\}"),
        Some("|") => ("|", "|"),
        Some("⟨") => ("\\langle ", "\\rangle "),
        Some(_) => ("", ""),
    };
    format!("{open}{}{close}", parts.join(", "))
}
