-- A session as an author has it, in the trial that is open: a mistake typed and seen, hover, completion, definition,
-- rename, format, save. Ends Neovim with 0 when all went well, else prints what did not and ends with 1.

local LIMIT = 30000
local done = {}

local function say(text)
  io.stderr:write(text .. '\n')
end

local function finish(problem)
  if problem then
    say('FAILED behind "' .. (done[#done] or 'the start') .. '": ' .. problem)
    vim.cmd('cquit 1')
  end
  say('passed: ' .. table.concat(done, ', '))
  vim.cmd('qall!')
end

local function expect(step, condition, seen)
  local value
  local met = vim.wait(LIMIT, function()
    value = condition()
    return value and true or false
  end, 20)
  if not met then
    error(step .. '; seen: ' .. vim.inspect(seen and seen()), 0)
  end
  done[#done + 1] = step
  return value
end

local function keys(text)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(text, true, false, true), 'xt', false)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

--- Puts the cursor into the first match of `pattern`, on the word that `word` begins.
local function go(pattern, word)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search(pattern, 'cW') > 0, pattern)
  if word then
    assert(vim.fn.search(word, 'cW', vim.fn.line('.')) > 0, word)
  end
end

local function clients()
  return vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0)
end

local function mistakes()
  return vim.tbl_map(function(found)
    local lsp = found.user_data and found.user_data.lsp or {}
    return { code = found.code or lsp.code, line = found.lnum + 1, column = found.col + 1, message = found.message }
  end, vim.diagnostic.get(0))
end

--- The answer to a request at the cursor.
local function ask(method)
  local client = select(2, next(clients()))
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answers = vim.lsp.buf_request_sync(0, method, params, LIMIT) or {}
  return (select(2, next(answers)) or {}).result
end

local function session()
  local trial = vim.api.nvim_get_current_buf()
  expect('the server is attached', function() return next(clients()) ~= nil end)
  expect('the trial has the language elig', function() return vim.bo.filetype == 'elig' end)

  -- A wide sign before the mistake: columns are bytes here.
  keys('Gorequire [Z1] hemoglobin ≥ 9 g/dL and hemoglobim < 200 g/L<Esc>')
  local line = vim.fn.line('.')
  expect('the mistake is seen at its place', function()
    local found = mistakes()
    return #found == 1 and found[1].code == 'E0201' and found[1].line == line and found[1].column == 40
  end, mistakes)
  keys('u')
  expect('it goes with an undo', function() return #mistakes() == 0 end, mistakes)

  go('hemoglobin < ')
  vim.lsp.buf.hover()
  expect('hover says what a fact is', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        return table.concat(lines, '\n'):find('g/L', 1, true)
      end
    end
  end)
  keys('j')

  keys('Goexclude [Z2] hemogl<Esc>')
  vim.api.nvim_win_set_cursor(0, { vim.fn.line('.'), #vim.api.nvim_get_current_line() - 1 })
  expect('completion offers the fact', function()
    local offered = ask('textDocument/completion') or {}
    for _, item in ipairs(offered.items or offered) do
      if item.label == 'hemoglobin' then return true end
    end
  end)
  keys('u')

  go('hemoglobin < ')
  vim.lsp.buf.definition()
  expect('definition leads into the shipped vocabulary', function()
    return vim.api.nvim_buf_get_name(0):find('sle%.elig$') and vim.api.nvim_get_current_line():find('^fact hemoglobin')
  end, function() return { vim.api.nvim_buf_get_name(0), vim.api.nvim_get_current_line() } end)
  vim.api.nvim_set_current_buf(trial)

  go('define pregnant_by_test', 'pregnant')
  vim.lsp.buf.rename('test_counts')
  expect('rename changes every use', function()
    return text():find('define test_counts', 1, true) and not text():find('pregnant_by_test', 1, true)
  end)

  go('hemoglobin < ')
  keys('f<i   <Esc>')
  expect('a crooked line', function() return text():find('hemoglobin    < 60', 1, true) end, vim.api.nvim_get_current_line)
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = LIMIT })
  else
    vim.lsp.buf.formatting_sync(nil, LIMIT)
  end
  expect('formatted', function() return text():find('hemoglobin < 60 g/L', 1, true) end, vim.api.nvim_get_current_line)
  vim.cmd('silent write')
  local saved = table.concat(vim.fn.readfile(vim.api.nvim_buf_get_name(0)), '\n')
  expect('saved as shown', function() return saved == text() and saved:find('define test_counts', 1, true) end)
  expect('nothing is wrong with it', function() return #mistakes() == 0 end, mistakes)
end

local well, problem = pcall(session)
finish(not well and tostring(problem) or nil)
