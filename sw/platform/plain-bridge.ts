/// <reference lib="dom" />
import { startBridge } from './bridge.ts';

/** The bridge page of a service that has nothing of its own to say in it. */
startBridge();
