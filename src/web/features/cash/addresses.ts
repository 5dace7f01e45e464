/** Where the ledger of duty answers the cash desk. */
export const addresses = {
  debt: (reference: string): string => `/api/debts/${encodeURIComponent(reference)}`,
  receive: '/api/cash-desk/receipts',
  receipt: (number: string): string => `/api/receipts/${encodeURIComponent(number)}`,
  days: '/api/cash-desk/days',
  close: '/api/cash-desk/close',
} as const
