-- Scenarios with names of their own, for wrk.
local made = 0

request = function()
  made = made + 1
  local body = '{"name": "Scenario ' .. made .. ' late delivery", "tags": {"team": "team ' .. made % 50 .. '"}, '
    .. '"initial_version": {"objective": "Get a refund.", "instructions": "Polite.", '
    .. '"initial_message_type": "user-message"}}'
  return wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, body)
end
