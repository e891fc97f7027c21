import type { Exchange } from "../upstream/exchange";
import { send } from "../upstream/exchange";
import {
  empty,
  extraHeaders,
  html,
  invalidJson,
  overrideBody,
  redirect,
  setCookie,
  statusAnswer,
  wrongShape,
  wrongType,
} from "./answers";
import { malformed, reset, truncated } from "./broken-connection";
import type { RequestFault } from "./fault";
import { gzipBomb, huge } from "./oversize";
import { dribble, hang, slow, slowHeaders } from "./slowness";

/** Lets a fault respond (or not respond) to a request in place of the upstream. */
export function actOut(fault: RequestFault, exchange: Exchange): void {
  switch (fault.kind) {
    case "hang":
      hang();
      break;
    case "dribble":
      dribble(fault, exchange);
      break;
    case "slow":
      slow(fault, exchange);
      break;
    case "slow-headers":
      slowHeaders(fault, exchange);
      break;
    case "reset":
      reset(exchange);
      break;
    case "truncated":
      truncated(exchange);
      break;
    case "malformed":
      malformed(exchange);
      break;
    case "huge":
      huge(fault, exchange);
      break;
    case "gzip-bomb":
      gzipBomb(fault, exchange);
      break;
    case "empty":
      send(exchange, empty());
      break;
    case "html":
      send(exchange, html());
      break;
    case "wrong-type":
      send(exchange, wrongType(fault, exchange.answer()));
      break;
    case "invalid-json":
      send(exchange, invalidJson(exchange.answer()));
      break;
    case "wrong-shape":
      send(exchange, wrongShape(fault));
      break;
    case "redirect":
      send(exchange, redirect(fault));
      break;
    case "status":
      send(exchange, statusAnswer(fault));
      break;
    case "body":
      send(exchange, overrideBody(fault));
      break;
    case "headers":
      send(exchange, extraHeaders(fault, exchange.answer()));
      break;
    case "set-cookie":
      send(exchange, setCookie(fault, exchange.answer()));
      break;
  }
}
