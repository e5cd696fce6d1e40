//! The names that tree construction tells apart, and the sets of them that the standard's rules speak of (§ 13.2.4.2,
//! 13.2.6).

use html5ever::{LocalName, local_name};

/// Elements that end most searches of the stack of open elements.
pub(super) const SPECIAL: u32 = 1;
/// Elements that bound a scope.
pub(super) const SCOPE: u32 = 1 << 1;
/// Besides these, `<ol>` and `<ul>` bound the scope of list items.
pub(super) const LIST: u32 = 1 << 2;
/// `<html>`, `<table>` and `<template>`.
pub(super) const TABLE_SCOPE: u32 = 1 << 3;
/// What rows stand in, and cells.
pub(super) const ROW_CONTEXT: u32 = 1 << 4;
pub(super) const CELL_CONTEXT: u32 = 1 << 5;
/// Elements whose end tag may be left out.
pub(super) const IMPLIED_END: u32 = 1 << 6;
/// The same where a template ends.
pub(super) const IMPLIED_END_IN_TEMPLATE: u32 = 1 << 7;
pub(super) const HEADING: u32 = 1 << 8;
/// What in tables no text can stand in.
pub(super) const TABLE_PART: u32 = 1 << 9;
/// Formatting elements.
pub(super) const FORMATTING: u32 = 1 << 10;
/// What ends a paragraph and is nothing else.
pub(super) const BLOCK: u32 = 1 << 11;
/// What an end tag of its own name ends, if it is in scope.
pub(super) const ENDED_IN_SCOPE: u32 = 1 << 12;
/// What the rules of the head are for, wherever it stands.
pub(super) const OF_HEAD: u32 = 1 << 13;
/// What ends SVG and MathML.
pub(super) const BREAKOUT: u32 = 1 << 14;
/// What in a table begins something outside cells and captions.
pub(super) const TABLE_STRUCTURE: u32 = 1 << 15;
/// What bounds the list of active formatting elements while it is open.
pub(super) const MARKER: u32 = 1 << 16;
/// SVG and MathML, and where in these HTML or text may stand.
pub(super) const FOREIGN: u32 = 1 << 17;
pub(super) const TEXT_POINT: u32 = 1 << 18;
pub(super) const HTML_POINT: u32 = 1 << 19;
pub(super) const ANNOTATION: u32 = 1 << 20;

macro_rules! kinds {
    ($($kind:ident $name:tt $sets:expr;)*) => {
        /// A name of an element, if it is one that tree construction knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            /// An HTML element of another name.
            Other,
            /// An element of SVG or MathML, whatever its name.
            Foreign,
            $($kind,)*
        }

        impl Kind {
            pub fn of(name: &LocalName) -> Kind {
                match *name {
                    $(local_name!($name) => Kind::$kind,)*
                    _ => Kind::Other,
                }
            }

            /// The sets that an HTML element of this name is in.
            pub fn sets(self) -> u32 {
                match self {
                    Kind::Other | Kind::Foreign => 0,
                    $(Kind::$kind => $sets,)*
                }
            }

            /// The name, of a kind that has one of its own.
            pub fn name(self) -> LocalName {
                match self {
                    Kind::Other | Kind::Foreign => local_name!(""),
                    $(Kind::$kind => local_name!($name),)*
                }
            }
        }

        /// How many kinds there are.
        pub(super) const KINDS: usize = [Kind::Other, Kind::Foreign, $(Kind::$kind),*].len();
    };
}

kinds! {
    A "a" FORMATTING;
    Address "address" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Applet "applet" SPECIAL | SCOPE | MARKER;
    Area "area" SPECIAL;
    Article "article" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Aside "aside" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    B "b" FORMATTING | BREAKOUT;
    Base "base" SPECIAL | OF_HEAD;
    Basefont "basefont" SPECIAL | OF_HEAD;
    Bgsound "bgsound" SPECIAL | OF_HEAD;
    Big "big" FORMATTING | BREAKOUT;
    Blockquote "blockquote" SPECIAL | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Body "body" SPECIAL | BREAKOUT;
    Br "br" SPECIAL | BREAKOUT;
    Button "button" SPECIAL | ENDED_IN_SCOPE;
    Caption "caption" SPECIAL | SCOPE | IMPLIED_END_IN_TEMPLATE | TABLE_STRUCTURE | MARKER;
    Center "center" SPECIAL | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Code "code" FORMATTING | BREAKOUT;
    Col "col" SPECIAL | TABLE_STRUCTURE;
    Colgroup "colgroup" SPECIAL | IMPLIED_END_IN_TEMPLATE | TABLE_STRUCTURE;
    Dd "dd" SPECIAL | IMPLIED_END | IMPLIED_END_IN_TEMPLATE | BREAKOUT;
    Desc "desc" 0;
    Details "details" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Dialog "dialog" BLOCK | ENDED_IN_SCOPE;
    Dir "dir" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Div "div" SPECIAL | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Dl "dl" SPECIAL | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Dt "dt" SPECIAL | IMPLIED_END | IMPLIED_END_IN_TEMPLATE | BREAKOUT;
    Em "em" FORMATTING | BREAKOUT;
    Embed "embed" SPECIAL | BREAKOUT;
    Fieldset "fieldset" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Figcaption "figcaption" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Figure "figure" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Font "font" FORMATTING;
    Footer "footer" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Form "form" SPECIAL;
    Frame "frame" SPECIAL;
    Frameset "frameset" SPECIAL;
    H1 "h1" SPECIAL | HEADING | BREAKOUT;
    H2 "h2" SPECIAL | HEADING | BREAKOUT;
    H3 "h3" SPECIAL | HEADING | BREAKOUT;
    H4 "h4" SPECIAL | HEADING | BREAKOUT;
    H5 "h5" SPECIAL | HEADING | BREAKOUT;
    H6 "h6" SPECIAL | HEADING | BREAKOUT;
    Head "head" SPECIAL | BREAKOUT;
    Header "header" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Hgroup "hgroup" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Hr "hr" SPECIAL | BREAKOUT;
    Html "html" SPECIAL | SCOPE | TABLE_SCOPE | ROW_CONTEXT | CELL_CONTEXT;
    I "i" FORMATTING | BREAKOUT;
    Iframe "iframe" SPECIAL;
    Image "image" 0;
    Img "img" SPECIAL | BREAKOUT;
    Input "input" SPECIAL;
    Isindex "isindex" SPECIAL;
    Keygen "keygen" 0;
    Li "li" SPECIAL | IMPLIED_END | IMPLIED_END_IN_TEMPLATE | BREAKOUT;
    Link "link" SPECIAL | OF_HEAD;
    Listing "listing" SPECIAL | ENDED_IN_SCOPE | BREAKOUT;
    Main "main" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Malignmark "malignmark" 0;
    Marquee "marquee" SPECIAL | SCOPE | MARKER;
    Math "math" 0;
    Menu "menu" SPECIAL | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Meta "meta" SPECIAL | OF_HEAD | BREAKOUT;
    Mglyph "mglyph" 0;
    Nav "nav" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Nobr "nobr" FORMATTING | BREAKOUT;
    Noembed "noembed" SPECIAL;
    Noframes "noframes" SPECIAL | OF_HEAD;
    Noscript "noscript" SPECIAL;
    Object "object" SPECIAL | SCOPE | MARKER;
    Ol "ol" SPECIAL | LIST | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Optgroup "optgroup" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    Option "option" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    P "p" SPECIAL | IMPLIED_END | IMPLIED_END_IN_TEMPLATE | BLOCK | BREAKOUT;
    Param "param" SPECIAL;
    Plaintext "plaintext" SPECIAL;
    Pre "pre" SPECIAL | ENDED_IN_SCOPE | BREAKOUT;
    Rb "rb" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    Rp "rp" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    Rt "rt" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    Rtc "rtc" IMPLIED_END | IMPLIED_END_IN_TEMPLATE;
    Ruby "ruby" BREAKOUT;
    S "s" FORMATTING | BREAKOUT;
    Script "script" SPECIAL | OF_HEAD;
    Search "search" BLOCK | ENDED_IN_SCOPE;
    Section "section" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Select "select" SPECIAL | SCOPE | ENDED_IN_SCOPE;
    Small "small" FORMATTING | BREAKOUT;
    Source "source" SPECIAL;
    Span "span" BREAKOUT;
    Strike "strike" FORMATTING | BREAKOUT;
    Strong "strong" FORMATTING | BREAKOUT;
    Style "style" SPECIAL | OF_HEAD;
    Sub "sub" BREAKOUT;
    Summary "summary" SPECIAL | BLOCK | ENDED_IN_SCOPE;
    Sup "sup" BREAKOUT;
    Svg "svg" 0;
    Table "table" SPECIAL | SCOPE | TABLE_SCOPE | TABLE_PART | BREAKOUT;
    Tbody "tbody" SPECIAL | ROW_CONTEXT | IMPLIED_END_IN_TEMPLATE | TABLE_PART | TABLE_STRUCTURE;
    Td "td" SPECIAL | SCOPE | IMPLIED_END_IN_TEMPLATE | TABLE_STRUCTURE | MARKER;
    Template "template" SPECIAL | SCOPE | TABLE_SCOPE | ROW_CONTEXT | CELL_CONTEXT | OF_HEAD;
    Textarea "textarea" SPECIAL;
    Tfoot "tfoot" SPECIAL | ROW_CONTEXT | IMPLIED_END_IN_TEMPLATE | TABLE_PART | TABLE_STRUCTURE;
    Th "th" SPECIAL | SCOPE | IMPLIED_END_IN_TEMPLATE | TABLE_STRUCTURE | MARKER;
    Thead "thead" SPECIAL | ROW_CONTEXT | IMPLIED_END_IN_TEMPLATE | TABLE_PART | TABLE_STRUCTURE;
    Title "title" SPECIAL | OF_HEAD;
    Tr "tr" SPECIAL | CELL_CONTEXT | IMPLIED_END_IN_TEMPLATE | TABLE_PART | TABLE_STRUCTURE;
    Track "track" SPECIAL;
    Tt "tt" FORMATTING | BREAKOUT;
    U "u" FORMATTING | BREAKOUT;
    Ul "ul" SPECIAL | LIST | BLOCK | ENDED_IN_SCOPE | BREAKOUT;
    Var "var" BREAKOUT;
    Wbr "wbr" SPECIAL;
    Xmp "xmp" SPECIAL;
}

impl Kind {
    pub fn is(self, set: u32) -> bool {
        self.sets() & set != 0
    }
}

/// The sets that an element of SVG is in, by its name as SVG writes it.
pub(super) fn sets_of_svg(name: &LocalName) -> u32 {
    match *name {
        local_name!("foreignObject") | local_name!("desc") | local_name!("title") => {
            FOREIGN | HTML_POINT | SCOPE
        }
        _ => FOREIGN,
    }
}

pub(super) fn sets_of_mathml(name: &LocalName) -> u32 {
    match *name {
        local_name!("mi")
        | local_name!("mo")
        | local_name!("mn")
        | local_name!("ms")
        | local_name!("mtext") => FOREIGN | TEXT_POINT | SCOPE,
        local_name!("annotation-xml") => FOREIGN | ANNOTATION,
        _ => FOREIGN,
    }
}

/// The name of an element of SVG as SVG writes it (§ 13.2.6.5).
pub(super) fn svg_name(name: &LocalName) -> LocalName {
    match *name {
        local_name!("altglyph") => local_name!("altGlyph"),
        local_name!("altglyphdef") => local_name!("altGlyphDef"),
        local_name!("altglyphitem") => local_name!("altGlyphItem"),
        local_name!("animatecolor") => local_name!("animateColor"),
        local_name!("animatemotion") => local_name!("animateMotion"),
        local_name!("animatetransform") => local_name!("animateTransform"),
        local_name!("clippath") => local_name!("clipPath"),
        local_name!("feblend") => local_name!("feBlend"),
        local_name!("fecolormatrix") => local_name!("feColorMatrix"),
        local_name!("fecomponenttransfer") => local_name!("feComponentTransfer"),
        local_name!("fecomposite") => local_name!("feComposite"),
        local_name!("feconvolvematrix") => local_name!("feConvolveMatrix"),
        local_name!("fediffuselighting") => local_name!("feDiffuseLighting"),
        local_name!("fedisplacementmap") => local_name!("feDisplacementMap"),
        local_name!("fedistantlight") => local_name!("feDistantLight"),
        local_name!("fedropshadow") => local_name!("feDropShadow"),
        local_name!("feflood") => local_name!("feFlood"),
        local_name!("fefunca") => local_name!("feFuncA"),
        local_name!("fefuncb") => local_name!("feFuncB"),
        local_name!("fefuncg") => local_name!("feFuncG"),
        local_name!("fefuncr") => local_name!("feFuncR"),
        local_name!("fegaussianblur") => local_name!("feGaussianBlur"),
        local_name!("feimage") => local_name!("feImage"),
        local_name!("femerge") => local_name!("feMerge"),
        local_name!("femergenode") => local_name!("feMergeNode"),
        local_name!("femorphology") => local_name!("feMorphology"),
        local_name!("feoffset") => local_name!("feOffset"),
        local_name!("fepointlight") => local_name!("fePointLight"),
        local_name!("fespecularlighting") => local_name!("feSpecularLighting"),
        local_name!("fespotlight") => local_name!("feSpotLight"),
        local_name!("fetile") => local_name!("feTile"),
        local_name!("feturbulence") => local_name!("feTurbulence"),
        local_name!("foreignobject") => local_name!("foreignObject"),
        local_name!("glyphref") => local_name!("glyphRef"),
        local_name!("lineargradient") => local_name!("linearGradient"),
        local_name!("radialgradient") => local_name!("radialGradient"),
        local_name!("textpath") => local_name!("textPath"),
        _ => name.clone(),
    }
}
