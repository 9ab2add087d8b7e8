import { config } from 'zod/v4/core';

// Before any schema is made: compiled parsers need eval, which the content security policy forbids.
config({ jitless: true });
