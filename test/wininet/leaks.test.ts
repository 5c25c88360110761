import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INTERNET_SERVICE_HTTP } from '../../extension/shared/constants.ts';
import { filterHandles } from '../../extension/shared/filteredHandles.ts';
import { NO_FILTER, parseFilter } from '../../extension/shared/handleFilter.ts';
import { LEAK_AFTER, looksLeaked } from '../../extension/shared/leaks.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, leavesNothingBehind, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();
