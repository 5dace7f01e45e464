/** What is due, paying it, accounts and receipts of the trade side. */
export default {
  title: 'Payments',
  tabs: 'Payments',
  tab: { due: 'Due now', accounts: 'Accounts', receipts: 'Receipts' },
  due: { caption: 'What is due', reference: 'Declaration', payer: 'Debtor', total: 'Duty and taxes', outstanding: 'Outstanding', since: 'Since', reason: 'Why', empty: 'Nothing is due', emptyText: 'Duty that an account or guarantee does not cover appears here.', search: 'MRN or debtor' },
  reason: { unpaid: 'To be paid at once', cover_short: 'The account does not cover it', account_missing: 'No account was named', account_unknown: 'The named account does not exist', account_blocked: 'The account is blocked', account_foreign: 'The account belongs to somebody else', other: 'Not covered' },
  pay: {
    title: 'Pay {{reference}}', outstanding: 'Outstanding', total: 'Duty and taxes', payer: 'Debtor', nothing: 'Nothing is outstanding', nothingText: 'The duty of this declaration is paid or secured.', how: 'How do you pay?', card: 'By card', cardHint: 'At the payment provider; the goods can go at once.', bank: 'By bank transfer', bankHint: 'Started at the payment provider; counts when the bank reports it.', start: 'Pay {{amount}}', account: 'From an account', accountText: 'Pay enough onto the account that is short: the declaration then goes on by itself.', toAccount: 'Open {{account}}', short: '{{short}} short of {{required}}', lines: 'What it is for', tax: 'Tax', method: 'Method', amount: 'Amount', settled: 'Settled', payments: 'Payments', declared: 'Open the declaration',
    waiting: 'The payment is waiting for you at the provider', waitingText: 'Go on there. This page tells when the money has arrived.', go: 'Go on at the provider', arrived: 'Paid', arrivedText: 'The money has arrived. Customs was told.', failed: 'The payment did not succeed', preparing: 'The provider is being asked', again: 'Try again',
    status: { created: 'Begun', pending: 'Waiting', paid: 'Paid', failed: 'Failed' }, methodName: { card: 'Card', bank: 'Bank', cash: 'Cash' }, receipt: 'Receipt {{number}}',
  },
  account: {
    caption: 'Accounts', code: 'Account', kind: 'Kind', owner: 'Holder', balance: 'Balance', limit: 'Limit', used: 'Used', available: 'Available', status: 'Status', usage: 'Use', kinds: { cash_account: 'Cash account', deferment: 'Deferred payment', guarantee: 'Guarantee', cash_desk: 'Cash desk', provider: 'Provider', received: 'Received', revenue: 'Revenue', secured: 'Secured' }, statuses: { open: 'Open', blocked: 'Blocked', closed: 'Closed' }, empty: 'No accounts', emptyText: 'Ask customs for a cash or deferment account.', usedOf: '{{used}} of {{limit}} used', statement: 'Statement', deposit: 'Pay in', depositTitle: 'Pay onto {{account}}', depositAmount: 'Amount', depositText: 'In the demo the money arrives at once.', deposited: 'The money is on the account',
    row: { at: 'When', kind: 'Movement', reference: 'For', taxes: 'Taxes', money: 'Amount', balance: 'Balance' }, moves: 'Movements', noMoves: 'No movements', from: 'From', to: 'To',
    moveKinds: { charge: 'Charge', refund: 'Refund', deposit: 'Paid in', payment: 'Payment', secure: 'Secured', release: 'Released', adjust: 'Adjustment', opening: 'Opening balance', statement: 'Periodic payment', other: 'Movement' },
  },
  receipt: { caption: 'Receipts', number: 'Number', at: 'When', reference: 'Declaration', payer: 'Payer', money: 'Amount', method: 'Paid by', empty: 'No receipts', title: 'Receipt {{number}}', print: 'Print', of: 'Customs administration', received: 'Received from', forWhat: 'For declaration', date: 'Received on', back: 'All receipts', office: 'Office', cashier: 'Cashier' },
} as const
