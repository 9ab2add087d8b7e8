-- How much somebody carries (L3), and the hours in which messages reach them (N11); null: no limit, and the organisation's hours.
ALTER TABLE directory_users ADD COLUMN capacity INTEGER;
ALTER TABLE directory_users ADD COLUMN calendar TEXT;
