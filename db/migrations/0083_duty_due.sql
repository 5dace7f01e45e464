-- What is due now is read by office all day, and is a small part of all charges.
create index charge_due_office on duty.charge (office, opened_at) where outstanding_minor > 0;
create index payment_order_listed on duty.payment_order (created_at desc);
create index posting_line_refund on duty.posting (at) where kind = 'refund';
