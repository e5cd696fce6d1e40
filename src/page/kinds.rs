//! A set of kinds of boilerplate.

use super::BoilerplateKind;

/// Kinds of boilerplate, a bit each, by their place in [`BoilerplateKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub fn contains(self, kind: BoilerplateKind) -> bool {
        self.0 & bit(kind) != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// The kinds, in the order of [`BoilerplateKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = BoilerplateKind> {
        BoilerplateKind::ALL.into_iter().filter(move |&kind| self.contains(kind))
    }
}

impl Extend<BoilerplateKind> for Kinds {
    fn extend<T: IntoIterator<Item = BoilerplateKind>>(&mut self, kinds: T) {
        self.0 = kinds.into_iter().fold(self.0, |set, kind| set | bit(kind));
    }
}

impl FromIterator<BoilerplateKind> for Kinds {
    fn from_iter<T: IntoIterator<Item = BoilerplateKind>>(kinds: T) -> Kinds {
        let mut set = Kinds::default();
        set.extend(kinds);
        set
    }
}

fn bit(kind: BoilerplateKind) -> u16 {
    1 << kind as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_each_kind_by_itself() {
        for kind in BoilerplateKind::ALL {
            assert_eq!(Kinds::from_iter([kind, kind]).iter().collect::<Vec<_>>(), [kind]);
        }
        assert_eq!(Kinds::from_iter(BoilerplateKind::ALL).iter().count(), BoilerplateKind::ALL.len());
        assert!(Kinds::default().is_empty());
    }
}
