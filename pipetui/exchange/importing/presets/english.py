"""What people call the columns of a deal list in English. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "id | deal no | opportunity no | opp id | opportunity # | deal # | deal id | opportunity id"
    " | record id | external id | deal number | opportunity number | ref | # | no | no. | item id | number"
    " | (do not modify) opportunity | folio | box key | copper id | lead number | opp # | opp no",
    "name": "deal name | opportunity name | topic | name | deal | opportunity | title | deal title"
    " | opportunity title | subject | project | project name | opp name | opportunity / project"
    " | deal / project | opp | lead title | lead name | job | job name | task name | card name"
    " | opportunity description",
    "account": "account name | account | company name | company | customer name | customer | client name"
    " | client | organization name | organization | organisation name | account / company"
    " | client / account | customer / prospect | prospect | prospect name | associated company"
    " | potential customer | organisation | primary company | company title | org name | org id name"
    " | account name name | related to | related account | parent account | customer id name"
    " | customeridname",
    "owner": "owner | owner name | deal owner | opportunity owner | owner rep | sales rep"
    " | sales representative | rep | rep name | salesperson | sales person | sales owner"
    " | account executive | ae | assigned to | assignee | sales agent | account manager | salesrep | seller"
    " | deal lead | owned by | responsible | account owner | responsible user | user responsible"
    " | responsible person | assigned user | assigned user name | user name | bd lead | bdm | account lead"
    " | sales lead | account exec | owner email | owner e-mail | assigned by id | assigned by"
    " | assigned user id | kam | owneridname",
    "team": "team | sales team | team name",
    "pipeline": "pipeline | pipeline name | sales process | category id",
    "stage": "stage | stage name | status label | deal stage | sales stage | opportunity stage"
    " | pipeline stage | current stage | phase | sales phase | step | pipeline phase | milestone"
    " | status reason | stepname | list name | stage id",
    "status": "status | status type | opportunity state | deal status | opportunity status | outcome"
    " | result | won/lost | state | status reason | win/loss | won / lost",
    "amount": "value formatted | amount | deal amount | opportunity amount | value | deal value"
    " | opportunity value | contract value | deal size | revenue | total contract value | tcv | acv | arr"
    " | price | total | total amount | expected revenue | opportunity size | estimated value | est. value"
    " | expected value | estimated revenue | contract amount | total value | forecast amount"
    " | deal value (company currency) | acv / arr | mrr | est. revenue | sale | bid amount"
    " | estimated value (lcy) | actual revenue | likely | net new arr | new arr | est. arr | turnover"
    " | estimatedvalue | forecast | opportunity",
    "won_amount": "actual revenue | actual rev. | actual value",
    "currency": "currency | currency code | amount currency | value currency",
    "probability": "probability | probability (%) | win probability | confidence | prob | prob. | win %"
    " | probability % | conf. | chance | likelihood | close probability | closeprobability | certainty",
    "created": "created date | created | create date | creation date | date created | created at"
    " | created on | created time | open date | opened | date opened | engage date | start date"
    " | entry date | date added | added on | add time | deal created | date entered | enquiry date"
    " | inquiry date | date in | received | received on | date received",
    "close_date": "expected close date | expected close | close date | closing date | expected closing"
    " | expected closing date | estimated close date | target close date | forecast close date | closing"
    " | est. close date | est. close | exp. close date | exp. close | expected decision date"
    " | decision date | planned close date | due date | expected signature | eta | close"
    " | expected sign date | sign date | signing date | signature date | exp. order date"
    " | expected order date | order date | target date | forecast date | close by | close qtr"
    " | close quarter | close month | closing quarter | closing month | expected quarter"
    " | estimatedclosedate",
    "closed": "actual close date | closed date | date closed | closed at | closed on | closed time"
    " | actual closing date | deal closed on | signed on | closed | date won/lost | won/lost date"
    " | actual close | resolved on | actualclosedate",
    "won_on": "won date | won time | won on | date won",
    "lost_on": "lost date | lost time | lost on | date lost",
    "last_activity": "last activity date | last activity | last activity time | last contact"
    " | last contact date | last contacted | last touch | last interaction | last activity on"
    " | last contacted on | latest activity | last follow up | last follow-up | last call | last meeting"
    " | last touched | last spoke | last spoken | last seen",
    "last_stage_change": "last stage change | last stage change date | stage change date | stage changed"
    " | stage since | date entered stage | stage entered | entered stage | phase since"
    " | stage modified time | stage updated at | last stage at",
    "next_step": "next step | next steps | next action | next actions | next activity subject | to do"
    " | closest task | next task | next activity summary | next activity | next activity type | follow up"
    " | action",
    "next_step_date": "next step date | next action date | next activity date | next activity"
    " | follow up date | follow up | followup date | next step due | next step due date | next contact"
    " | next contact date | next task date | next meeting | closest task | next task | action due"
    " | action date | next step by | ns date | follow-up | follow up on",
    "category": "forecast category | forecast | category",
    "lead_source": "lead source | source | deal source | origin | channel | came from | how found",
    "type": "type | deal type | opportunity type",
    "segment": "segment | industry | sector | vertical | market",
    "loss_reason": "loss reason | lost reason | reason lost | closed lost reason | close reason"
    " | reason for loss | loss reasons | why lost | reason of refusal | refusal reason | reason for closing"
    " | reason | lost outcome | lost because | rejection reason | loss notes | why we lost"
    " | reason for losing | lost reason id name | reason for status",
    "description": "description | notes | note | comments | comment | details",
    "need": "need | needs | pain",
    "decision_makers": "decision makers | decision maker | economic buyer",
    "budget": "budget",
    "timeline": "timeline | timing | timeframe",
    "risk": "risk | risks",
    "sponsor": "sponsor | champion",
    "is_closed": "is closed | closed",
    "is_won": "is won | is closed won | won | signed | won ?",
    "is_lost": "is lost | is closed lost | lost",
    "is_deleted": "is deleted | deleted",
    "updated": "last modified date | last modified | modified date | modified time | updated at | updated"
    " | last update | last updated | update time | date modified | date updated"
    " | (do not modify) modified on | modified on",
}
