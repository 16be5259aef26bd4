import * as Comlink from 'comlink';
import { partitionPlan } from './partition-plan.ts';

Comlink.expose({ partitionPlan });
