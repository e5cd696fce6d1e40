//! The beginning of a text, for all that look at no more of it.

/// As much of a text as `bytes` hold, up to a character boundary.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=text.len().min(bytes)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn no_character_is_cut_in_two() {
        let all: Vec<&str> = (0..8).map(|bytes| beginning("aé語", bytes)).collect();
        assert_eq!(all, ["", "a", "a", "aé", "aé", "aé", "aé語", "aé語"]);
    }
}
