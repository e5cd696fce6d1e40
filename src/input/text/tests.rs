use super::split;
use crate::page::{BLOCK_SEPARATOR, Gap, MarkData, Role};
use crate::segment::{Place, Segment, Segments};

fn text<'s>(segments: &'s Segments, block: &Segment) -> &'s str {
    &segments.text[block.text.start as usize..block.text.end as usize]
}

fn texts(input: &str) -> Vec<String> {
    let segments = split(input);
    segments.blocks.iter().map(|block| text(&segments, block).to_owned()).collect()
}

fn roles(input: &str) -> Vec<(Role, String)> {
    let segments = split(input);
    segments.blocks.iter().map(|block| (block.role, text(&segments, block).to_owned())).collect()
}

fn gaps(input: &str) -> Vec<Gap> {
    split(input).blocks.iter().map(|block| block.gap).collect()
}

/// The parts of the input that the blocks stand for.
fn sources(input: &str) -> Vec<&str> {
    let places = split(input).blocks.into_iter().map(|block| block.place);
    places
        .map(|place| match place {
            Place::Input(range) => &input[range.start as usize..range.end as usize],
            Place::Element { .. } => panic!("plain text has no elements"),
        })
        .collect()
}

fn links(input: &str) -> Vec<(String, String)> {
    let segments = split(input);
    let link = |span: &crate::page::SpanData| match &span.mark {
        MarkData::Link(target) => (
            segments.text[span.range.start as usize..span.range.end as usize].to_owned(),
            segments.targets[target.start as usize..target.end as usize].to_owned(),
        ),
        other => panic!("{other:?} is no link"),
    };
    segments.spans.iter().map(link).collect()
}

fn role(role: Role, text: &str) -> (Role, String) {
    (role, text.to_owned())
}

const WRAPPED: &str = "\
The boat has lain in the shed behind the old mill since the end of the
summer, and nobody has looked at her planks since then, which is a pity
because she was built by
a good man.";

#[test]
fn an_empty_text_has_no_blocks() {
    for input in ["", " \n\t\r\n", "\u{200B}\n\u{FEFF}", "-----\n\n* * *\n===\n-- \n"] {
        assert!(split(input).blocks.is_empty(), "{input:?}");
        assert_eq!(split(input).text, "");
    }
}

#[test]
fn every_kind_of_line_break_ends_a_block() {
    assert_eq!(
        texts("one\ntwo\r\nthree\rfour\u{2028}five\u{2029}six"),
        ["one", "two", "three", "four", "five", "six"]
    );
}

#[test]
fn a_form_feed_is_a_paragraph_break() {
    assert_eq!(gaps("one\ntwo\x0cthree"), [Gap::Paragraph, Gap::Line, Gap::Paragraph]);
}

#[test]
fn one_block_a_line_stays_one_block_a_line() {
    let input = "Home\nAbout us\nContact\nThe quick survey of the harbours that was published last year by the board has found that every second mooring in the south is free all year round, which surprised us.\nread more\nand this line of no more than seventy columns starts in lower case, too\nbut so does this one";
    assert_eq!(texts(input), input.lines().collect::<Vec<_>>());
    assert_eq!(gaps(input)[1..], [Gap::Line; 6]);
}

#[test]
fn headlines_of_like_length_stay_apart() {
    let input = "Harbour Board Finds Half of All Southern Moorings Empty in Winter\nMayor Promises Cheaper Ferry Tickets for Islanders by Next Spring\nStorm Damages Historic Boat Shed Behind the Old Mill in Northport\n";
    assert_eq!(texts(input).len(), 3);
}

#[test]
fn verse_stays_in_lines() {
    let input = "the boat was green\nand so was the sea\nand nobody in it\nwas greener than me\n";
    assert_eq!(texts(input).len(), 4);
}

#[test]
fn sentences_one_a_line_stay_apart() {
    let input = "the boat has lain in the shed behind the mill since last summer.\nnobody has looked at her planks since then, which is a real pity.\nshe was built by a good man and should be looked after by a few.\n";
    assert_eq!(texts(input).len(), 3);
}

#[test]
fn a_wrapped_paragraph_is_one_block() {
    let input = "The boat has lain in the shed behind the old mill since the end of the\nsummer, and nobody has looked at her planks since then, which is a pity\nbecause she was built by a good man.";
    assert_eq!(roles(input), [role(Role::Paragraph, &input.replace('\n', " "))]);
    assert_eq!(sources(input), [input]);
}

#[test]
fn a_paragraph_of_two_lines_is_joined_if_it_reads_on() {
    let input = "The boat has lain in the shed behind the old mill since the end of\nthe summer.";
    assert_eq!(texts(input).len(), 1);
    let input = "The boat has lain in the shed behind the old mill since the end of it\nSummer Sale";
    assert_eq!(texts(input).len(), 2);
}

#[test]
fn a_short_line_ends_a_paragraph_without_a_blank_line() {
    let input = format!("{WRAPPED}\n");
    let found = texts(&input);
    assert!(found[0].ends_with("built by"), "{found:?}");
    assert_eq!(found[1], "a good man.");
}

#[test]
fn paragraphs_without_blank_lines_are_told_by_their_last_lines() {
    let input = "The boat has lain in the shed behind the old mill since the end of the\nsummer, and nobody has looked at her planks since then, which is a pity\nfor her.\nThe planks are dry by now and will have to be soaked for a week before\nthey close, and then the boat must be painted, or the sun will open the\nseams again.\n";
    assert_eq!(texts(input).len(), 2);
    assert_eq!(gaps(input), [Gap::Paragraph; 2]);
}

#[test]
fn an_indented_first_line_starts_a_paragraph() {
    let input = "   The boat has lain in the shed behind the old mill since the end of\nsummer, and nobody has looked at her planks since then, which is a pity\nfor her, as she was built by a good man who could have looked after her\nbetter.\n   The planks are dry by now and will have to be soaked for a week until\nthey close, and then the boat must be painted, or the sun will open the\nseams again.\n";
    assert_eq!(texts(input).len(), 2);
}

#[test]
fn in_a_wrapped_text_two_lines_need_no_lower_case() {
    let wrapped = "the boat has lain in the shed behind the old mill since the end of the\nsummer, and nobody has looked at her planks since then, which is a pity\nas she was built by a good man, whose name is painted on the stern, and\nwho has sailed her for all of the forty years in which the harbour here\nwas open to him.\n\nThe new harbour was opened last spring in the presence of the mayor and\nAnna Berg.";
    assert_eq!(texts(wrapped).len(), 2);
    let alone = "The new harbour was opened last spring in the presence of the mayor and\nAnna Berg.";
    assert_eq!(texts(alone).len(), 2);
}

#[test]
fn chinese_lines_are_joined_without_a_space() {
    let input = "这是一个关于纯文本处理的简单测试，我们希望看到多行文本能够被正确地合并\n成为一个段落，而不会在汉字之间插入多余的空格，因为中文本来就不使用空格\n来分隔词语。";
    assert_eq!(texts(input), [input.replace('\n', "")]);
    assert_eq!(texts("首页\n新闻\n体育").len(), 3);
}

#[test]
fn a_hyphen_at_a_line_end_is_kept_and_followed_by_no_space() {
    let input = "The boat has lain in the shed behind the old mill since then, a well-\nknown sight, and nobody has looked at her planks, which is such a two-\nand threefold pity.";
    assert!(texts(input)[0].contains("a well-known sight"));
    assert!(texts(input)[0].contains("a two- and threefold"));
}

#[test]
fn bullets_are_taken_off_list_items() {
    for bullet in ["-", "*", "•", "‣", "–", "·"] {
        let input = format!("{bullet} tar\n{bullet} rope\n");
        assert_eq!(roles(&input), [role(Role::ListItem, "tar"), role(Role::ListItem, "rope")]);
        assert_eq!(sources(&input)[0], format!("{bullet} tar"));
        assert_eq!(gaps(&input), [Gap::Paragraph, Gap::Line]);
        let block = &split(&input).blocks[0];
        assert!(block.layout.starts_item && block.layout.list_depth == 1);
    }
}

#[test]
fn what_only_looks_like_a_bullet_stays() {
    for line in ["-5 degrees", "*tar", "- Advertisement -", "•", "-", "–rope"] {
        assert_eq!(roles(line), [role(Role::Text, line)]);
    }
    assert_eq!(roles("•Tar"), [role(Role::ListItem, "•Tar")]);
}

#[test]
fn numbers_become_ordinals() {
    let segments = split("Buy:\n1. tar\n2) rope\n");
    let items: Vec<_> =
        segments.blocks[1..].iter().map(|block| (text(&segments, block), block.layout.ordinal)).collect();
    assert_eq!(items, [("tar", Some(1)), ("rope", Some(2))]);
}

#[test]
fn a_number_that_starts_no_list_stays_in_the_text() {
    assert_eq!(roles("3. Oktober\nFrei"), [role(Role::Text, "3. Oktober"), role(Role::Text, "Frei")]);
    assert_eq!(texts("1. November 2023\n1. November 2023\n31. Oktober 2023\n")[1], "1. November 2023");
    assert_eq!(roles("1984. Roman"), [role(Role::Text, "1984. Roman")]);
    assert_eq!(roles("01. Tar\n02. Rope")[1], role(Role::ListItem, "02. Rope"));
}

#[test]
fn numbers_of_headings_stay_in_the_text() {
    let input = "1. Tar\nTar is black and old.\n2. Rope\nRope is not.\n3. Sails\nSails are white.\n";
    assert_eq!(texts(input).iter().step_by(2).collect::<Vec<_>>(), ["1. Tar", "2. Rope", "3. Sails"]);
    let apart = "1. Tar\n\nTar is black and old.\n\n2. Rope\n\nRope is not.\n";
    assert_eq!(roles(apart)[0], role(Role::Heading(1), "1. Tar"));
}

#[test]
fn lettered_items_keep_their_letters() {
    let segments = split("a) tar\nb) rope\n");
    assert_eq!(texts("a) tar\nb) rope\n"), ["a) tar", "b) rope"]);
    assert!(
        segments.blocks.iter().all(|block| block.role == Role::ListItem && block.layout.ordinal.is_none())
    );
}

#[test]
fn indentation_nests_lists() {
    let segments = split("- a\n  - b\n    1. c\n  - d\n- e\n");
    let depths: Vec<_> = segments.blocks.iter().map(|block| block.layout.list_depth).collect();
    assert_eq!(depths, [1, 2, 3, 2, 1]);
}

#[test]
fn indented_lines_go_on_with_an_item() {
    let input = "- Buy tar\n  and rope\n- Sail\n";
    assert_eq!(texts(input), ["Buy tar and rope", "Sail"]);
    assert_eq!(sources(input)[0], "- Buy tar\n  and rope");
}

#[test]
fn wrapped_lines_go_on_with_an_item() {
    let input = "- The boat has lain in the shed behind the old mill since the end of\nthe summer.\n- Sail\n";
    assert_eq!(texts(input)[1], "Sail");
    assert_eq!(texts("- Tar\nRope\n"), ["Tar", "Rope"]);
}

#[test]
fn a_paragraph_below_an_item_is_a_further_block_of_it() {
    let segments = split("1. Tar\n\n   The black one.\n\n2. Rope\n\nThat is all.");
    let further = &segments.blocks[1];
    assert_eq!((further.role, further.layout.list_depth), (Role::ListItem, 1));
    assert!(!further.layout.starts_item);
    assert_eq!(segments.blocks[2].layout.ordinal, Some(2));
    assert_eq!(segments.blocks[3].layout.list_depth, 0);
}

#[test]
fn a_dash_within_a_wrapped_sentence_is_no_bullet() {
    let input = "The boat has lain in the shed behind the old mill since the summer\n– and nobody has looked at her planks since then, which is a real pity\nfor she was good.";
    assert_eq!(texts(input), [input.replace('\n', " ")]);
}

#[test]
fn hashes_make_headings() {
    assert_eq!(
        roles("# Tea\n\n### Water ###\nBoil it."),
        [role(Role::Heading(1), "Tea"), role(Role::Heading(3), "Water"), role(Role::Paragraph, "Boil it.")]
    );
    assert_eq!(gaps("# Tea\nBoil it."), [Gap::Paragraph; 2]);
    assert_eq!(roles("#tea"), [role(Role::Text, "#tea")]);
}

#[test]
fn a_comment_in_flattened_code_is_no_heading() {
    assert_eq!(roles("import tea\n# Boil the water\nboil()")[1], role(Role::Text, "# Boil the water"));
}

#[test]
fn underlines_make_headings() {
    let input = "Tea\n===\nBoil.\n\nWater\n-----\nIs wet.";
    assert_eq!(roles(input)[0], role(Role::Heading(1), "Tea"));
    assert_eq!(roles(input)[2], role(Role::Heading(2), "Water"));
    assert_eq!(sources(input)[2], "Water\n-----");
}

#[test]
fn a_ruler_below_a_sentence_underlines_nothing() {
    let input = "Here is some text.\n\nWe end here.\n----------------------------------------";
    assert_eq!(roles(input)[1].0, Role::Paragraph);
    assert!(sources(input)[1].ends_with("----"));
}

#[test]
fn capitals_between_blank_lines_are_a_heading() {
    let input = "Read this.\n\nTERMS AND CONDITIONS\n\nPay first.";
    assert_eq!(roles(input)[1], role(Role::Heading(2), "TERMS AND CONDITIONS"));
    assert_eq!(roles("Read this.\nTERMS OF USE\nPay first.")[1].0, Role::Text);
}

#[test]
fn numbered_sections_standing_alone_are_headings() {
    let input = "Read this.\n\n1. Introduction\n\nIt is a standard.\n\n2.1 Scope\n\nIt is wide.";
    assert_eq!(roles(input)[1], role(Role::Heading(1), "1. Introduction"));
    assert_eq!(roles(input)[3], role(Role::Heading(2), "2.1 Scope"));
    assert_eq!(roles("Read this.\n\n2.1 million people live here\n\nIt is.")[1].0, Role::Text);
}

#[test]
fn the_first_line_is_the_title_if_set_off() {
    assert_eq!(roles("On Tea\n\nBoil it.")[0].0, Role::Heading(1));
    for input in ["On Tea\nBoil it.", "Hi Anna,\n\nboil it.", "I like it.\n\nBoil it.", "On Tea"] {
        assert!(!matches!(roles(input)[0].0, Role::Heading(_)), "{input:?}");
    }
}

#[test]
fn quotes_lose_their_marks_and_keep_their_depth() {
    let input = "Tom wrote:\n> yes\n>> no\n> > well\n\nSo?";
    let segments = split(input);
    let depths: Vec<_> = segments.blocks.iter().map(|block| block.layout.quote_depth).collect();
    assert_eq!(depths, [0, 1, 2, 2, 0]);
    assert_eq!(texts(input), ["Tom wrote:", "yes", "no", "well", "So?"]);
    assert_eq!(segments.blocks[1].role, Role::Quote);
}

#[test]
fn wrapped_quotes_are_joined_and_empty_marks_divide_them() {
    let input = "> The boat has lain in the shed behind the old mill since the end of the\n> summer, and nobody has looked.\n>\n> Why?\n> - tar\n";
    let found = roles(input);
    assert_eq!(
        found[0].1,
        "The boat has lain in the shed behind the old mill since the end of the summer, and nobody has looked."
    );
    assert_eq!(found[1], role(Role::Quote, "Why?"));
    assert_eq!(found[2], role(Role::ListItem, "tar"));
    assert!(sources(input)[0].ends_with("looked.\n>"));
}

#[test]
fn an_angle_bracket_among_lines_is_no_quote() {
    assert_eq!(texts("Home\n>\nBoats\n> Read more\nTar"), ["Home", ">", "Boats", "> Read more", "Tar"]);
}

#[test]
fn tabs_make_tables() {
    let input = "Boats:\nName\tLength\nAnna\t10\nBerta\t 12 \n";
    assert_eq!(roles(input)[1], role(Role::TableRow, "Name\tLength"));
    assert_eq!(roles(input)[3], role(Role::TableRow, "Berta\t12"));
    assert_eq!(gaps(input), [Gap::Paragraph, Gap::Paragraph, Gap::Line, Gap::Line]);
}

#[test]
fn bars_make_tables() {
    let input = "+------+----+\n| Name | m  |\n|------|----|\n| Anna | 10 |\n|      | 12 |\n+------+----+\n";
    let segments = split(input);
    assert_eq!(texts(input), ["Name\tm", "Anna\t10", "\t12"]);
    assert_eq!(sources(input)[0], "+------+----+\n| Name | m  |\n|------|----|");
    assert_eq!(gaps(input), [Gap::Paragraph, Gap::Line, Gap::Line]);
    let headers: Vec<_> = segments.blocks.iter().map(|block| block.layout.header_cell).collect();
    assert_eq!(headers, [true, false, false]);
    assert!(segments.blocks.iter().all(|block| block.layout.starts_row));
}

#[test]
fn a_bar_alone_makes_no_table() {
    for input in ["Tea | My Site\nNews | My Site", "Home | About | Contact\nTea | Water", "a\tb\nc"] {
        assert!(roles(input).iter().all(|(role, _)| *role != Role::TableRow), "{input:?}");
    }
    assert_eq!(texts("Home | About"), ["Home | About"]);
}

#[test]
fn numbered_lines_with_tabs_are_a_table_only_with_cells_besides() {
    assert_eq!(roles("1.\tTar\n2.\tRope")[0], role(Role::ListItem, "Tar"));
    assert_eq!(roles("1.\tTar\t5\n2.\tRope\t6")[0], role(Role::TableRow, "1.\tTar\t5"));
}

#[test]
fn fenced_code_is_verbatim() {
    let input = "So:\n```rust\nfn main() {\r\n\n    a  |  b\n}\n```\nDone.";
    assert_eq!(roles(input)[1], role(Role::Code, "fn main() {\n\n    a  |  b\n}"));
    assert_eq!(sources(input)[1], "```rust\nfn main() {\r\n\n    a  |  b\n}\n```");
    assert_eq!(texts(input).len(), 3);
}

#[test]
fn a_fence_around_nothing_does_not_swallow_what_follows() {
    assert_eq!(texts("```\n\n```\ntar\n```\nrope\n```"), ["tar", "rope"]);
    assert_eq!(texts("```rust\n```"), ["```rust"]);
}

#[test]
fn fences_in_quotes_lose_the_marks() {
    assert_eq!(roles("> ```\n> a\n>   b\n> ```\n"), [role(Role::Code, "a\n  b")]);
}

#[test]
fn a_fence_that_is_never_closed_is_text() {
    assert_eq!(texts("```\ntar\nrope"), ["```", "tar", "rope"]);
}

#[test]
fn indented_code_is_verbatim_less_its_indentation() {
    let input = "Write:\n\n    if x {\n        y = 1;\n    }\n\n    z();\n\nDone.";
    assert_eq!(roles(input)[1], role(Role::Code, "if x {\n    y = 1;\n}\n\nz();"));
    assert_eq!(texts(input).len(), 3);
}

#[test]
fn indented_prose_is_no_code() {
    let input = "He said (twice):\n\n    It is a good boat (really).\n\nDone.";
    assert_eq!(roles(input)[1], role(Role::Paragraph, "It is a good boat (really)."));
}

#[test]
fn rulers_belong_to_the_block_before_or_to_the_first() {
    let input = "-----\nTar.\n*****\n\nRope.\n-- \nTom";
    assert_eq!(texts(input), ["Tar.", "Rope.", "Tom"]);
    assert_eq!(sources(input), ["-----\nTar.\n*****", "Rope.\n--", "Tom"]);
    assert_eq!(gaps(input), [Gap::Paragraph; 3]);
}

#[test]
fn white_space_is_collapsed() {
    assert_eq!(texts("\u{FEFF} \u{200B}Tar \t\u{A0} and\u{2003}\u{3000}rope\u{200B} \n"), ["Tar and rope"]);
    assert_eq!(sources("\u{FEFF}Tar\u{200B} "), ["\u{FEFF}Tar\u{200B}"]);
}

#[test]
fn addresses_are_links() {
    let input =
        "See https://a.example/b_(c), www.b.example/d. Or (http://c.example) or mail tom.b@d.example.";
    let found = links(input);
    let expected = [
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("www.b.example/d", "http://www.b.example/d"),
        ("http://c.example", "http://c.example"),
        ("tom.b@d.example", "mailto:tom.b@d.example"),
    ];
    assert_eq!(found, expected.map(|(text, target)| (text.to_owned(), target.to_owned())));
    let block = &split(input).blocks[0];
    let bytes: usize = expected.iter().map(|(text, _)| text.len()).sum();
    assert_eq!((block.links, block.link_bytes as usize), (4, bytes));
}

#[test]
fn what_only_looks_like_an_address_is_no_link() {
    for input in
        ["http:// and", "xhttp://a.example", "www.", "@tom", "tom@home", "a@b.1", "wwww.example", "[a] (b)"]
    {
        assert_eq!(links(input), [], "{input:?}");
    }
}

#[test]
fn chinese_text_ends_an_address() {
    assert_eq!(links("访问http://a.example/b查看，谢谢")[0].0, "http://a.example/b");
}

#[test]
fn markdown_links_stay_text_and_count_as_links() {
    let input = "See [the *tea* page](/tea \"Tea\") and ![pot](pot.png)";
    assert_eq!(texts(input), [input]);
    assert_eq!(links(input), [("[the *tea* page](/tea \"Tea\")".to_owned(), "/tea".to_owned())]);
}

#[test]
fn links_of_later_blocks_count_in_the_text_of_the_page() {
    assert_eq!(links("Tar\nhttp://a.example")[0].0, "http://a.example");
}

/// A small generator of repeatable disorder (xorshift).
struct Disorder(u64);

impl Disorder {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

const PIECES: [&str; 44] = [
    "tar",
    "Rope and tar.",
    "the boat has lain in the shed behind the old mill since the end of the",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\x0c",
    " ",
    "    ",
    "\t",
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "- ",
    "* ",
    "• ",
    "1. ",
    "7) ",
    "a) ",
    "> ",
    ">>",
    ">",
    "# ",
    "## ",
    "-----",
    "===",
    "-- ",
    "```",
    " | ",
    "|",
    "|---|---|",
    "中文。",
    "http://a.example/é",
    "tom@a.example",
    "[x](y)",
    "É",
    "\0",
    "x = y;",
    "-",
    "\u{AD}",
];

#[test]
fn ranges_cover_the_input_in_order_whatever_it_is() {
    let mut disorder = Disorder(0x05EE_D0F7);
    for _ in 0..20_000 {
        let len = disorder.below(24);
        let input: String = (0..len).map(|_| PIECES[disorder.below(PIECES.len())]).collect();
        check(&input);
    }
}

fn check(input: &str) {
    let segments = split(input);
    let mut covered = 0;
    let mut written = 0;
    let mut spans = 0;
    for (index, block) in segments.blocks.iter().enumerate() {
        let Place::Input(range) = &block.place else { panic!("plain text has no elements") };
        let (start, end) = (range.start as usize, range.end as usize);
        assert!(input[covered..start].trim().is_empty(), "a hole before {start} in {input:?}");
        let source = &input[start..end];
        covered = end;

        let own = text(&segments, block);
        let separator = BLOCK_SEPARATOR.len_utf8() * usize::from(index > 0);
        assert_eq!(block.text.start as usize, written + separator);
        written = block.text.end as usize;
        assert!(!own.trim().is_empty(), "an empty block in {input:?}");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        if block.role != Role::Code {
            assert_eq!(letters(own), letters(source), "{input:?}");
            let edges = if block.role == Role::TableRow { own.trim_matches('\t') } else { own };
            assert_eq!(edges, edges.trim(), "{input:?}");
            assert!(!own.contains("  ") && !own.contains(['\n', '\r', '\u{A0}']), "{own:?} in {input:?}");
        }

        assert_eq!(block.spans.start, spans);
        spans = block.spans.end;
        let marked = &segments.spans[block.spans.start as usize..block.spans.end as usize];
        assert_eq!(marked.len(), block.links as usize);
        assert_eq!(marked.iter().map(|span| span.range.len()).sum::<usize>(), block.link_bytes as usize);
        for span in marked {
            assert!(span.range.start >= block.text.start && span.range.end <= block.text.end);
        }
    }
    let rest = &input[covered..];
    let is_bare = segments.blocks.is_empty() && !rest.contains(char::is_alphanumeric);
    assert!(rest.trim().is_empty() || is_bare, "{rest:?} is lost of {input:?}");
    assert_eq!(segments.text.len(), written);
    assert_eq!(gaps(input).first().copied().unwrap_or(Gap::Paragraph), Gap::Paragraph);
}
