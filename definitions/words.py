"""What people read for well-known names, so that a procedure need not repeat it."""

from casework.procedure import Text

LEVELS = {
    "village": Text("村（社区）", "village"),
    "township": Text("乡镇（街道）", "township"),
    "county": Text("县（市、区）", "county"),
    "city": Text("市", "city"),
    "province": Text("省", "province"),
}

ACTIONS = {
    "accept": Text("受理", "Accept"),
    "refuse": Text("不予受理", "Refuse"),
    "settle": Text("化解", "Settle"),
    "refer-up": Text("上报", "Refer up"),
    "transfer": Text("转送", "Transfer"),
    "return": Text("退回", "Return"),
    "assign": Text("交办", "Assign"),
    "withdraw": Text("撤回", "Withdraw"),
    "extend": Text("批准延期", "Extend"),
    "suspend": Text("中止", "Suspend"),
    "resume": Text("恢复", "Resume"),
    "reply": Text("出具处理意见", "Reply"),
    "serve": Text("送达", "Serve"),
    "request-review": Text("申请复查", "Request a review"),
    "request-re-review": Text("申请复核", "Request a re-review"),
    "decide-review": Text("作出复查意见", "Decide the review"),
    "record-return": Text("登记上级办理结果", "Record the return"),
    "terminate": Text("终止调解", "Terminate the mediation"),
    "follow-up": Text("回访", "Follow up"),
    "strike-off": Text("销号", "Strike off"),
    "close": Text("办结", "Close"),
    "note": Text("记录办理情况", "Note"),
    "receive": Text("签收", "Receive"),
    "object": Text("提出异议", "Object"),
    "designate": Text("指定办理单位", "Designate"),
    "recuse": Text("回避", "Recuse"),
    "deliver": Text("提交协办意见", "Deliver one's part"),
    "serve-copy": Text("送达申请书副本", "Serve the application's copy"),
    "file-answer": Text("收到答辩书", "File the answer"),
    "notify-hearing": Text("通知开庭", "Notify the hearing"),
    "award": Text("作出裁决", "Make the award"),
    "decide": Text("作出决定", "Decide"),
    "sue": Text("起诉", "Sue"),
}

FIELDS = {
    "summary": Text("事由", "Summary"),
    "people": Text("涉及人数", "People involved"),
    "contact": Text("联系电话", "Telephone"),
    "reason": Text("理由", "Reason"),
    "agreement": Text("调解协议", "Agreement"),
    "notice": Text("告知书文号", "Number of the notice"),
    "opinion": Text("处理意见书文号", "Number of the opinion"),
    "served_on": Text("送达日期", "Served on"),
    "service_proof": Text("送达凭证", "Proof of service"),
    "returned_on": Text("退回日期", "Returned on"),
    "document": Text("文书文号", "Number of the document"),
    "visited_on": Text("回访日期", "Visited on"),
    "finding": Text("回访情况", "Finding"),
    "routes_told": Text("已告知的其他途径", "Other routes told"),
    "progress": Text("办理情况", "Progress"),
    "unit": Text("单位", "Unit"),
    "official": Text("责任人", "Official"),
    "representatives": Text("代表人数", "Representatives"),
    "applicant": Text("申请人", "Applicant"),
    "respondent": Text("被申请人", "Respondent"),
    "hearing_on": Text("开庭日期", "Hearing on"),
    "case_number": Text("法院案号", "Court's case number"),
}

JOINT = Text("协办时限", "Assisting units' limit")

CLOCKS = {
    "whole": Text("总时限", "Whole limit"),
    "handling": Text("办理时限", "Handling"),
    "service": Text("送达时限", "Service"),
    "review": Text("复查时限", "Review"),
    "re-review": Text("复核时限", "Re-review"),
    "review-window": Text("申请复查期限", "Window for review"),
    "re-review-window": Text("申请复核期限", "Window for re-review"),
    "arbitration": Text("仲裁期限", "Arbitration"),
    "answer": Text("答辩期", "Time to answer"),
    "suit": Text("起诉期限", "Window to sue"),
}
