//! The words of the truth: systems and kinds of error.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    Crm,
    Shop,
    Marketing,
    Support,
    Billing,
}

impl System {
    pub(crate) const ALL: [System; 5] = [
        System::Crm,
        System::Shop,
        System::Marketing,
        System::Support,
        System::Billing,
    ];

    /// The `source_system` name.
    pub fn name(self) -> &'static str {
        ["crm", "shop", "marketing", "support", "billing"][self as usize]
    }

    pub(crate) fn has_company(self) -> bool {
        matches!(self, System::Crm | System::Support | System::Billing)
    }

    pub(crate) fn has_address(self) -> bool {
        matches!(self, System::Crm | System::Shop | System::Billing)
    }
}

/// What is wrong with a record, or hard about it. A record may carry several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    Clean,
    /// Letter case, accents, name order, mailbox tags.
    Format,
    Nickname,
    Initial,
    Typo,
    /// Given and family name, or e-mail and phone, in each other's column.
    SwappedFields,
    MarriedName,
    /// A former address.
    Moved,
    FamilyEmail,
    FamilyPhone,
    OfficePhone,
    Missing,
    /// An e-mail or phone that cannot be one.
    Invalid,
    /// 000-0000, info@, 1900-01-01.
    Placeholder,
    /// Shares no e-mail, phone or number with the person's other records: name and company are all there is.
    NameAndCompany,
    /// Shares no e-mail, phone or number with the person's other records: name and address are all there is.
    NameAndAddress,
    /// A second record of one person in one system.
    Duplicate,
}

impl ErrorKind {
    pub const ALL: [ErrorKind; 17] = [
        ErrorKind::Clean,
        ErrorKind::Format,
        ErrorKind::Nickname,
        ErrorKind::Initial,
        ErrorKind::Typo,
        ErrorKind::SwappedFields,
        ErrorKind::MarriedName,
        ErrorKind::Moved,
        ErrorKind::FamilyEmail,
        ErrorKind::FamilyPhone,
        ErrorKind::OfficePhone,
        ErrorKind::Missing,
        ErrorKind::Invalid,
        ErrorKind::Placeholder,
        ErrorKind::NameAndCompany,
        ErrorKind::NameAndAddress,
        ErrorKind::Duplicate,
    ];

    /// As `truth_errors.csv` writes it.
    pub fn name(self) -> &'static str {
        [
            "clean",
            "format",
            "nickname",
            "initial",
            "typo",
            "swapped_fields",
            "married_name",
            "moved",
            "family_email",
            "family_phone",
            "office_phone",
            "missing",
            "invalid",
            "placeholder",
            "name_and_company",
            "name_and_address",
            "duplicate",
        ][self as usize]
    }
}
