import type { Division } from '../../../schemas/calendar.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { shippedBankHolidayDates } from './bank-holiday-dates.ts';

/** Bank holidays of each division: date to title. */
export type BankHolidays = Readonly<Record<Division, Readonly<Record<LocalDate, string>>>>;

/** The bank holidays shipped with the product, 2019 to 2028 (T4). */
export const shippedBankHolidays: BankHolidays = shippedBankHolidayDates;

export const noBankHolidays: BankHolidays = { 'england-and-wales': {}, scotland: {}, 'northern-ireland': {} };
