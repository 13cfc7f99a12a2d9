---@meta
--- Types of the protocol between the server and its editors. Never loaded.

error("codeassist.types holds types alone", 0)

---@alias codeassist.Encoding "utf-8"|"utf-16"|"utf-32"

---@class codeassist.Evidence
---@field message string
---@field uri string
---@field range lsp.Range

---@class codeassist.Finding
---@field code string
---@field name string
---@field severity "error"|"warning"|"info"
---@field message string
---@field remedy string
---@field uri string
---@field range lsp.Range
---@field symbol string
---@field url string
---@field evidence codeassist.Evidence[]
---@field fingerprint string

---@class codeassist.Edit
---@field title string
---@field verified boolean
---@field problems string[]
---@field proofs string[]
---@field diff string
---@field edit lsp.WorkspaceEdit
---@field rename? lsp.Location a name that was made up, once the edit is made

---@class codeassist.Suggestion: codeassist.Edit
---@field explanation string
---@field lines any

---@class codeassist.Hypothesis: codeassist.Finding
---@field confidence any
---@field input string
---@field confirm string
---@field fix? codeassist.Edit

---@class codeassist.Usage
---@field models string[]
---@field requests integer how many answers the model gave
---@field kept integer how many were taken from the cache
---@field inputTokens integer
---@field outputTokens integer
---@field cost? number

---@class codeassist.RunParams
---@field task "docs"|"bugs"|"refactor"|"architecture"
---@field uri string
---@field range? lsp.Range
---@field options? table

---@class codeassist.RunResult
---@field edits codeassist.Edit[]
---@field suggestions codeassist.Suggestion[]
---@field hypotheses codeassist.Hypothesis[]
---@field findings codeassist.Finding[]
---@field document string
---@field notes string[]
---@field dropped {what: string, reason: string}[]
---@field failures {message: string, remedy: string}[]
---@field usage codeassist.Usage
---@field seconds number

---@class codeassist.Coverage
---@field reviewed string[]
---@field partial {path: string, reason: string}[]
---@field skipped {path: string, reason: string}[]
---@field failures string[]

---@class codeassist.ReviewResult
---@field base string
---@field head string
---@field findings codeassist.Finding[]
---@field coverage codeassist.Coverage
---@field notes string[]
---@field seconds number

---@class codeassist.PackResult
---@field text string
---@field tokens integer
---@field budget integer
---@field model string
---@field pieces {uri: string, range: lsp.Range, symbol: string, tokens: integer, reasons: string[]}[]
---@field notes string[]

---@class codeassist.ModelsResult
---@field address string
---@field models string[]
---@field ok boolean
---@field message string
---@field remedy string

---@class codeassist.Status
---@field state "starting"|"indexing"|"ready"|"thinking"|"offline"|"limit"
---@field message string short, for a status bar
---@field percent? integer
---@field running {token: string|integer, title: string, stage: string, inputTokens: integer, cost: number?}[]
---@field model string
---@field hasModel boolean
---@field reason string why no model can be asked, with what to do
---@field costToday? number
