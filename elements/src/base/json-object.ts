/** An object of JSON, told from lists, texts and the like. */
import type { Json } from '../frame/protocol.ts';

export type JsonObject = { [key: string]: Json };

export const isJsonObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
