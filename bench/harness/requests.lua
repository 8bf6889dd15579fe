-- Sends the targets of a list in turn; the requests are written out once, so that the generator costs
-- the same for everybody. Arguments: list, method, bytes of the body.
local requests = {}
local at = 0
function init(args)
  local body = nil
  if tonumber(args[3]) > 0 then body = string.rep("x", tonumber(args[3])) end
  for target in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format(args[2], target, nil, body)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'summary {"requests":%d,"microseconds":%d,"p99":%d,"errors":%d,"notOk":%d}\n',
    summary.requests, summary.duration, latency:percentile(99), e.connect + e.read + e.write + e.timeout, e.status))
end
