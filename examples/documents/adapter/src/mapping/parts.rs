//! How incomes, accounts and places are stored.

use documents_domain::{
    AccountKind, AccountNumber, BorrowerId, Entry, IncomeRecord, PageNumber, PayPeriod, Snippet,
    SourceReference, Words,
};
use underpin::MappingError;

use super::number;
use crate::row::{AccountKindLabel, AccountNumberRow, IncomeRecordRow, PeriodLabel, SourceReferenceRow};

pub(super) fn income_row(of: BorrowerId, Entry { id, what }: &Entry<IncomeRecord>) -> IncomeRecordRow {
    let IncomeRecord { amount, period, year, source, employer } = what;
    IncomeRecordRow {
        id: id.to_string(),
        borrower_id: of.to_string(),
        amount: amount.amount(),
        period: match period {
            PayPeriod::Week => PeriodLabel::Week,
            PayPeriod::TwoWeeks => PeriodLabel::TwoWeeks,
            PayPeriod::Month => PeriodLabel::Month,
            PayPeriod::Year => PeriodLabel::Year,
        },
        year: year.get(),
        source: source.to_string(),
        employer: employer.as_ref().map(Words::to_string),
    }
}

pub(super) fn income_of(row: IncomeRecordRow) -> Result<Entry<IncomeRecord>, MappingError> {
    let IncomeRecordRow { id, borrower_id: _, amount, period, year, source, employer } = row;
    let what = IncomeRecord {
        amount: amount.try_into()?,
        period: match period {
            PeriodLabel::Week => PayPeriod::Week,
            PeriodLabel::TwoWeeks => PayPeriod::TwoWeeks,
            PeriodLabel::Month => PayPeriod::Month,
            PeriodLabel::Year => PayPeriod::Year,
        },
        year: year.try_into()?,
        source: source.parse()?,
        employer: employer.as_deref().map(str::parse).transpose()?,
    };
    Ok(Entry { id: id.parse()?, what })
}

pub(super) fn account_row(of: BorrowerId, Entry { id, what }: &Entry<AccountNumber>) -> AccountNumberRow {
    AccountNumberRow {
        id: id.to_string(),
        borrower_id: of.to_string(),
        number: number::sealed(of, *id, what),
        kind: match what.kind() {
            AccountKind::Checking => AccountKindLabel::Checking,
            AccountKind::Savings => AccountKindLabel::Savings,
            AccountKind::Loan => AccountKindLabel::Loan,
        },
    }
}

pub(super) fn account_of(row: AccountNumberRow) -> Result<Entry<AccountNumber>, MappingError> {
    let AccountNumberRow { id, borrower_id, number, kind } = row;
    let kind = match kind {
        AccountKindLabel::Checking => AccountKind::Checking,
        AccountKindLabel::Savings => AccountKind::Savings,
        AccountKindLabel::Loan => AccountKind::Loan,
    };
    let what = number::opened(&borrower_id, &id, number, kind)?;
    Ok(Entry { id: id.parse()?, what })
}

pub(super) fn source_row(of: BorrowerId, Entry { id, what }: &Entry<SourceReference>) -> SourceReferenceRow {
    let SourceReference { document, page, section, snippet } = what;
    SourceReferenceRow {
        id: id.to_string(),
        borrower_id: of.to_string(),
        document_id: document.uuid(),
        // At most a million.
        page: i32::try_from(page.get()).unwrap_or(i32::MAX),
        section: section.as_ref().map(Words::to_string),
        snippet: snippet.as_str().to_owned(),
    }
}

pub(super) fn source_of(row: SourceReferenceRow) -> Result<Entry<SourceReference>, MappingError> {
    let SourceReferenceRow { id, borrower_id: _, document_id, page, section, snippet } = row;
    let what = SourceReference {
        document: document_id.into(),
        page: PageNumber::try_from(u32::try_from(page)?)?,
        section: section.as_deref().map(str::parse).transpose()?,
        snippet: Snippet::of(&snippet),
    };
    Ok(Entry { id: id.parse()?, what })
}
