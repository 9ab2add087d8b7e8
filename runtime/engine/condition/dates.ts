/** Days since 1970-01-01 of a `YYYY-MM-DD` date, or undefined when the text is not a real date. */
export function toEpochDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const epochDay = daysFromCivil(year, month, day);
  return month >= 1 && month <= 12 && toDateText(epochDay) === text ? epochDay : undefined;
}

/** `YYYY-MM-DD` of a day count since 1970-01-01. */
export function toDateText(epochDay: number): string {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whole years of age on a date; somebody born on 29 February has the birthday on 1 March in other years. */
export function ageOn(birthDay: number, onDay: number): number {
  const [birthYear = 0, birthMonth = 0, birthDate = 0] = toDateText(birthDay).split('-').map(Number);
  const [year = 0, month = 0, date = 0] = toDateText(onDay).split('-').map(Number);
  const hadBirthday = month > birthMonth || (month === birthMonth && date >= birthDate);
  return year - birthYear - (hadBirthday ? 0 : 1);
}

/** The latest birth date of somebody who is at least `years` old on a day. */
export function latestBirthDay(years: number, onDay: number): number {
  const [year = 0, month = 0, date = 0] = toDateText(onDay).split('-').map(Number);
  // 29 February as the day itself: in a year without it, the last birthday reached is that of 28 February.
  const exact = daysFromCivil(year - years, month, date);
  return ageOn(exact, onDay) >= years ? exact : exact - 1;
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
