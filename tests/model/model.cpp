// SPDX-License-Identifier: MIT
#include "model.h"

#include <Sojourn/sessiondata.h>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;
using Sojourn::Error;
using Sojourn::SessionStore;

namespace {

constexpr qint64 ReplacedKept = 60'000;
constexpr qint64 OperatorsGrace = 30'000;

QString text(const std::optional<QJsonValue> &value)
{
    return value ? QString::fromUtf8(Sojourn::encodeJson(*value)) : u"nothing"_s;
}

/// Not operator==, which in Qt 6.4 depends on how strings are kept.
bool isSame(const QJsonValue &a, const QJsonValue &b)
{
    return Sojourn::encodeJson(a) == Sojourn::encodeJson(b);
}

std::optional<QJsonValue> valueOf(const Model::Record &record, const QString &name)
{
    const auto found = record.data.find(name);
    return found == record.data.end() ? std::nullopt : std::optional(found->second);
}

QString flashText(const QList<QJsonValue> &values)
{
    QStringList texts;
    for (const QJsonValue &value : values)
        texts.append(text(value));
    return u'[' + texts.join(u',') + u']';
}

} // namespace

// ---- Records

QList<Model::Record> Model::living(qint64 now) const
{
    QList<Record> records;
    for (const Record &record : m_records) {
        if (record.expiresAt > now)
            records.append(record);
    }
    return records;
}

Model::Record *Model::find(const Key &key, qint64 now)
{
    for (Record &record : m_records) {
        if (record.expiresAt <= now)
            continue;
        const auto grace = record.graces.find(key);
        if (record.key == key || (grace != record.graces.end() && grace->second > now))
            return &record;
    }
    return nullptr;
}

bool Model::isReplaced(const Key &key, qint64 now) const
{
    const auto found = m_replaced.find(key);
    return found != m_replaced.end() && found->second > now;
}

void Model::erase(const Key &key)
{
    m_records.removeIf([&](const Record &record) { return record.key == key; });
}

qint64 Model::sizeOf(const Record &record) const
{
    qint64 size = record.user.toUtf8().size();
    for (const auto &[name, value] : record.data)
        size += name.toUtf8().size() + Sojourn::encodeJson(value).size();
    return size;
}

/// 4.20: idle and absolute deadlines hold together; a deadline set from outside is fixed.
qint64 Model::deadline(const Record &record, qint64 from) const
{
    const qint64 own = record.own == Own::At   ? record.ownValue
                     : record.own == Own::Idle ? from + record.ownValue
                                               : from + m_policy.idle;
    return record.absolute ? std::min(own, *record.absolute) : own;
}

/// 4.3: a tenth of the idle time between 1 s and 60 s; one that is set is taken literally; at most half of a session's own.
qint64 Model::touchInterval(const Record &record) const
{
    const bool isOwn = record.own == Own::Idle;
    const qint64 idle = isOwn ? record.ownValue : m_policy.idle;
    const qint64 interval = m_policy.touchInterval.value_or(std::clamp<qint64>(idle / 10, 1000, 60'000));
    return isOwn ? std::min(interval, idle / 2) : interval;
}

/// 4.17: the time left in whole seconds, rounded up; none for a session that ends with the browser.
std::optional<qint64> Model::maxAge(const Record &record, qint64 now) const
{
    if (record.own == Own::SessionEnd || (record.own == Own::None && m_policy.sessionEnd))
        return std::nullopt;
    return std::max<qint64>(1, (record.expiresAt - now + 999) / 1000);
}

void Model::tell(Event::Type type, const Record &record, qint64 now, const QString &reason, std::optional<Key> oldKey)
{
    const Event event{.type = type,
                      .key = record.key,
                      .oldKey = oldKey,
                      .user = record.user,
                      .at = Sojourn::TimePoint(std::chrono::milliseconds(now)),
                      .version = record.version,
                      .reason = reason};
    m_events.append(event);
    if (event.isLifecycle())
        m_history.append(event);
}

/// 4.8: rotate(), login and removal end every grace.
void Model::endGraces(Record &record, qint64 now)
{
    for (const auto &[key, until] : record.graces) {
        if (until > now)
            m_replaced[key] = now + ReplacedKept;
    }
    record.graces.clear();
}

void Model::move(Record &record, const Key &newKey, qint64 now)
{
    record.key = newKey;
    record.idIssuedAt = now;
    record.rotateRequested = false;
}

// ---- The visitor's side

/// 4.4: several cookies; 4.7: replaced ids; 4.17: withheld cookies.
void Model::load(Request &request, qint64 now)
{
    std::optional<Record> chosen;
    bool ambiguous = false;
    QList<Record> alive;
    QList<Key> viaKeys;
    for (const Key &key : request.offered) {
        if (const Record *record = find(key, now)) {
            const auto same = std::ranges::find(alive, record->key, &Record::key);
            if (same == alive.end()) {
                alive.append(*record);
                viaKeys.append(key);
            } else if (key == record->key) {
                viaKeys[same - alive.begin()] = key;
            }
        } else if (isReplaced(key, now)) {
            request.replaced = true;
        } else {
            request.endsToo.append(key);
        }
    }
    if (alive.size() == 1) {
        chosen = alive.first();
    } else {
        for (const Record &record : alive) {
            if (record.user.isEmpty())
                continue;
            ambiguous = ambiguous || (chosen && chosen->user != record.user);
            if (!chosen || record.createdAt > chosen->createdAt)
                chosen = record;
        }
    }
    if (ambiguous)
        chosen.reset();
    if (chosen) {
        const auto at = std::ranges::find(alive, chosen->key, &Record::key) - alive.begin();
        request.viaGrace = viaKeys[at] != chosen->key;
        request.besideReplaced = request.replaced;
        request.replaced = false;
        for (const Record &record : alive) {
            if (record.key != chosen->key && record.user == chosen->user)
                request.endsToo.append(record.key);
        }
    }
    request.seen = request.known = chosen;
    request.operatorRotates = chosen && chosen->rotateRequested && !request.viaGrace;
    request.touchInterval = chosen ? touchInterval(*chosen) : 0;
    request.keepsNothing = request.fromOtherSite && request.offered.isEmpty() && !request.malformed;
    if (!request.seen) {
        request.before = Record();
        request.before->version = 0;
    }
}

bool Model::allows(const Request &request, const Action &action) const
{
    const Record &view = request.seen ? *request.seen : *request.before;
    if (request.gone || request.destroys)
        return action.kind == Action::Destroy;
    switch (action.kind) {
    case Action::SetDefaultExpiry:
        return view.own != Own::None;
    case Action::Save:
        return !request.refused && !request.lost && !request.takesFlash && !request.keepsNothing;
    case Action::CycleId:
    case Action::Flush:
        return request.seen && !request.refused && !request.lost && !request.takesFlash && request.pending.isEmpty()
            && !request.rotates && !request.besideReplaced;
    default:
        return true;
    }
}

/// The key under which the flash values of the record of \a key are claimed: of all that it had, one.
Model::Key Model::claimKey(const Key &key) const
{
    const auto found = m_claimKeys.find(key);
    return found == m_claimKeys.end() ? key : found->second;
}

/// The token that an operator's rotation brings: requests that overlap agree about it.
int Model::agreedToken(const Record &before)
{
    const auto [agreed, isNew] = m_agreedTokens.try_emplace({before.key, before.token}, m_tokenCount + 1);
    if (isNew)
        ++m_tokenCount;
    return agreed->second;
}

/// 4.2: what creates a record. What was inserted and taken away again does not.
bool Model::wouldCreate(const Request &request) const
{
    const bool addsFlash = std::ranges::any_of(request.pending, [](const Action &a) { return a.kind == Action::AddFlash; });
    return request.wantsToken || addsFlash || !request.before->data.empty() || !request.before->user.isEmpty();
}

QString Model::act(Request &request, const Action &action, qint64 now, const QString &given)
{
    Record &view = request.seen ? *request.seen : *request.before;
    switch (action.kind) {
    case Action::Get:
        return text(valueOf(view, action.text));
    case Action::Insert: {
        const auto before = valueOf(view, action.text);
        if (before && isSame(*before, action.value))
            return text({});
        view.data[action.text] = action.value;
        request.pending.append(action);
        return text(before);
    }
    case Action::InsertTooMuch:
        view.data[action.text] = QString(int(m_policy.sizeLimit), u'x');
        request.pending.append(action);
        return {};
    case Action::InsertWhatCannotBeKept:
        request.refused = true;
        return u"invalid"_s;
    case Action::Remove: {
        const auto before = valueOf(view, action.text);
        if (before) {
            view.data.erase(action.text);
            request.pending.append(action);
        }
        return text(before);
    }
    case Action::Increment: {
        const auto before = valueOf(view, action.text);
        if (before && !before->isDouble()) {
            request.refused = true;
            return u"invalid"_s;
        }
        view.data[action.text] = before ? before->toInteger() + action.number : action.number;
        request.pending.append(action);
        return {};
    }
    case Action::Clear:
        if (!view.data.empty()) {
            view.data.clear();
            request.pending.append(action);
        }
        return {};
    case Action::SetUser:
    case Action::LogIn:
        if (view.user != action.text) {
            view.user = action.text;
            request.pending.append(action);
        }
        request.rotates = request.rotates || action.kind == Action::LogIn;
        return {};
    case Action::Destroy:
        request.destroys = true;
        return {};
    case Action::Rotate:
        request.rotates = true;
        return {};
    case Action::SetIdle:
    case Action::SetDeadline:
    case Action::SetSessionEnd:
    case Action::SetDefaultExpiry: {
        Action set = action;
        if (set.kind == Action::SetDeadline)
            set.number += now;
        view.own = set.kind == Action::SetIdle       ? Own::Idle
                 : set.kind == Action::SetDeadline   ? Own::At
                 : set.kind == Action::SetSessionEnd ? Own::SessionEnd
                                                     : Own::None;
        view.ownValue = view.own == Own::Idle || view.own == Own::At ? set.number : 0;
        request.pending.append(set);
        return {};
    }
    case Action::AddFlash:
        request.pending.append(action);
        return {};
    case Action::TakeFlash: {
        if (!request.seen || request.takesFlash || view.flash.isEmpty())
            return flashText({});
        const Key claimed = claimKey(view.key);
        if (m_claims[claimed] > 0 || m_flashTaken[claimed] > view.flashTaken)
            return flashText({});
        request.takesFlash = true;
        request.flashTaken = view.flash;
        request.flashKey = claimed;
        ++m_claims[claimed];
        return flashText(request.flashTaken);
    }
    case Action::AskForToken:
        request.wantsToken = true;
        if (request.seen && request.operatorRotates && !request.rotates) {
            request.tokenGiven = given;
            return m_tokens.try_emplace(agreedToken(view), given).first->second;
        }
        (request.seen && request.rotates ? request.rotationToken : request.tokenGiven) = given;
        if (request.seen && !request.rotates) {
            const auto known = m_tokens.try_emplace(view.token, given);
            return known.first->second;
        }
        return std::ranges::any_of(m_tokens, [&](const auto &known) { return known.second == given; }) && !request.seen
                 ? u"a new token"_s
                 : given;
    case Action::SendToken: {
        const auto known = m_tokens.find(view.token);
        const bool isKnown = known != m_tokens.end() && known->second == action.text;
        const bool isOlder = !action.text.isEmpty() && action.text == view.olderToken;
        const auto agreed = m_agreedTokens.find({view.key, view.token});
        const auto coming = agreed == m_agreedTokens.end() ? m_tokens.end() : m_tokens.find(agreed->second);
        const bool isComing = view.rotateRequested && !request.viaGrace && coming != m_tokens.end()
                           && coming->second == action.text; // 4.24: its page has left, its rotation failed
        return request.seen && (isKnown || isOlder || isComing) ? u"true"_s : u"false"_s;
    }
    case Action::BePassive:
        request.passive = true;
        return {};
    case Action::Save:
    case Action::CycleId: {
        // What was to be saved is gone: whoever tries again must not be told that it is done.
        const bool changes = std::ranges::any_of(request.pending,
                                                 [&](const Action &a) { return request.seen || !a.setsExpiry(); });
        if (action.kind == Action::Save && request.saveFailed && !changes && (request.seen || !request.wantsToken))
            return u"failed "_s + given.section(u' ', 1);
        const auto key = Key::fromString(given.section(u' ', 1));
        const Answer done = save(request, 200, now, key, true, action.kind == Action::CycleId);
        request.immediate = request.immediate || (done.cookie.first() == Answer::New && action.kind == Action::CycleId);
        request.newCookie = request.newCookie || done.cookie.first() == Answer::New;
        request.touched = request.touched || done.cookie.first() == Answer::Same;
        request.saveFailed = !done.status.contains(200);
        return !request.saveFailed ? u"done "_s + given.section(u' ', 1) : u"failed "_s + given.section(u' ', 1);
    }
    case Action::Flush: {
        request.gone = true;
        request.pending.clear();
        removeOthers(request, now);
        if (Record *record = find(view.key, now)) {
            tell(Event::Destroyed, *record, now);
            erase(record->key);
            request.removalCookie = true;
            request.immediate = true;
            return u"done"_s;
        }
        request.lost = true;
        request.movedOn = isReplaced(view.key, now);
        if (!request.movedOn)
            remove(view.key, now, SessionStore::Removal::Destroyed); // which is over
        return request.movedOn ? u"failed"_s : u"done"_s;
    }
    case Action::KindCount:
        break;
    }
    return {};
}

/// Merges what a request did into the record as it is now (4.9). On failure the record stays as it was.
Model::Applied Model::apply(Record &record, const QList<Action> &pending, qint64 now)
{
    Record after = record;
    bool setsExpiry = false;
    // A cleared session begins anew, and what is set or removed too, whatever the request did to it before.
    const auto isUndone = [&pending](const Action &action) {
        return std::any_of(&action + 1, pending.constData() + pending.size(), [&](const Action &later) {
            return later.kind == Action::Clear
                || ((later.kind == Action::Insert || later.kind == Action::InsertTooMuch || later.kind == Action::Remove)
                    && later.text == action.text);
        });
    };
    for (const Action &action : pending) {
        switch (action.kind) {
        case Action::Insert:
            after.data[action.text] = action.value;
            break;
        case Action::InsertTooMuch:
            after.data[action.text] = QString(int(m_policy.sizeLimit), u'x');
            break;
        case Action::Remove:
            after.data.erase(action.text);
            break;
        case Action::Increment: {
            const auto before = valueOf(after, action.text);
            if (isUndone(action))
                break;
            if (before && !before->isDouble())
                return Applied::Invalid;
            after.data[action.text] = before ? before->toInteger() + action.number : action.number;
            break;
        }
        case Action::Clear:
            after.data.clear();
            break;
        case Action::SetUser:
        case Action::LogIn:
            after.user = action.text;
            break;
        case Action::SetIdle:
            after.own = Own::Idle;
            after.ownValue = action.number;
            setsExpiry = true;
            break;
        case Action::SetDeadline:
            after.own = Own::At;
            after.ownValue = action.number;
            setsExpiry = true;
            break;
        case Action::SetSessionEnd:
        case Action::SetDefaultExpiry:
            after.own = action.kind == Action::SetSessionEnd ? Own::SessionEnd : Own::None;
            after.ownValue = 0;
            setsExpiry = true;
            break;
        case Action::AddFlash:
            after.flash.append(action.value);
            break;
        default:
            break;
        }
    }
    if (setsExpiry)
        after.expiresAt = deadline(after, now);
    if (sizeOf(after) > m_policy.sizeLimit)
        return Applied::TooLarge;
    const auto texts = [](const Record &of) {
        QByteArrayList list;
        for (const auto &[name, value] : of.data)
            list << name.toUtf8() << Sojourn::encodeJson(value);
        return list;
    };
    const bool changes = texts(after) != texts(record) || after.user != record.user || after.own != record.own
                      || after.ownValue != record.ownValue || (setsExpiry && after.expiresAt != record.expiresAt);
    if (changes)
        ++after.version;
    record = after;
    return Applied::Done;
}

/// 4.22: a user has at most so many sessions.
Model::Applied Model::enforceCap(const Record &record, bool bindsUser, qint64 now)
{
    if (!bindsUser || record.user.isEmpty() || !m_policy.cap)
        return Applied::Done;
    QList<Record> others;
    for (const Record &other : m_records) {
        if (other.expiresAt > now && other.user == record.user && other.key != record.key)
            others.append(other);
    }
    if (others.size() < m_policy.cap->limit)
        return Applied::Done;
    if (m_policy.cap->policy == Sojourn::UserCap::Refuse)
        return Applied::Refused;
    std::ranges::sort(others, {}, &Record::createdAt);
    for (qsizetype i = 0; i <= others.size() - m_policy.cap->limit; ++i) {
        tell(Event::Revoked, others[i], now, u"cap"_s);
        erase(others[i].key);
    }
    return Applied::Done;
}

namespace {

int statusOf(int applied)
{
    return applied == 1 ? 409 : applied == 2 ? 413 : 403;
}

} // namespace

Model::Answer Model::create(Request &request, int status, qint64 now, const std::optional<Key> &newKey)
{
    Answer answer{.status = {status}, .cookie = {Answer::None}, .maxAge = {}};
    if (request.keepsNothing || !wouldCreate(request))
        return answer;
    if (request.replaced) {
        answer.status = {409};
        return answer;
    }
    Record record;
    record.createdAt = record.seenAt = record.idIssuedAt = now;
    if (m_policy.absolute)
        record.absolute = now + *m_policy.absolute;
    const Applied applied = apply(record, request.pending, now);
    if (applied != Applied::Done) {
        answer.status = {statusOf(int(applied))};
        return answer;
    }
    record.expiresAt = deadline(record, now);
    if (record.expiresAt <= now) {
        answer.status = {409};
        return answer;
    }
    record.version = 1;
    if (newKey)
        record.key = *newKey;
    if (const Applied capped = enforceCap(record, true, now); capped != Applied::Done) {
        answer.status = {statusOf(int(capped))};
        return answer;
    }
    record.token = ++m_tokenCount;
    if (!request.tokenGiven.isEmpty())
        m_tokens[record.token] = request.tokenGiven;
    m_records.append(record);
    tell(Event::Created, record, now);
    request.seen = record;
    request.seen->flash.clear(); // its own are for later requests
    request.known = request.seen;
    request.touchInterval = touchInterval(record);
    request.pending.clear();
    request.rotates = false;
    answer.cookie = {Answer::New};
    answer.maxAge = maxAge(record, now);
    return answer;
}

Model::Answer Model::save(Request &request, int status, qint64 now, const std::optional<Key> &newKey, bool atOnce, bool rotates)
{
    if (!request.seen) {
        const Answer answer = create(request, status, now, newKey);
        if (atOnce && !answer.status.contains(200)) {
            // The expiry that a new session is to have stays.
            request.pending.removeIf([](const Action &action) { return !action.setsExpiry(); });
            const Record before = *std::exchange(request.before, Record());
            request.before->version = 0;
            request.before->own = before.own;
            request.before->ownValue = before.ownValue;
            request.wantsToken = false;
        }
        return answer;
    }
    Answer answer{.status = {status}, .cookie = {Answer::None}, .maxAge = {}};
    Record *living = find(request.seen->key, now);
    const bool dropsSomething = !request.pending.isEmpty() || rotates;
    const auto fail = [&](int code) {
        answer.status = {code};
        request.pending.clear();
        request.seen = request.known;
        return answer;
    };
    if (!living || request.lost) {
        request.lost = request.lost || dropsSomething;
        if (!dropsSomething)
            return answer;
        return fail(409);
    }

    Record after = *living;
    const bool touches = !request.passive && now - request.seen->seenAt >= request.touchInterval;
    const bool isTouched = touches && now - living->seenAt >= request.touchInterval; // and not by another request just now
    const bool byOperator = !rotates && !atOnce && request.operatorRotates && !request.viaGrace;
    const bool renews = !rotates && !byOperator && !atOnce && m_policy.renewInterval && !request.viaGrace
                     && now - request.seen->idIssuedAt >= *m_policy.renewInterval;
    const bool isFirst = living->key == request.seen->key;
    const bool moves = rotates || ((byOperator || renews) && isFirst);
    if (request.pending.isEmpty() && !rotates && !byOperator && !renews && !touches)
        return answer; // nothing to write

    const Applied applied = apply(after, request.pending, now);
    if (applied != Applied::Done)
        return fail(statusOf(int(applied)));
    const bool bindsUser = after.user != living->user;
    if (const Applied capped = enforceCap(after, bindsUser, now); capped != Applied::Done)
        return fail(statusOf(int(capped)));
    living = find(request.seen->key, now); // others may have gone

    bool setsExpiry = false;
    for (const Action &action : request.pending)
        setsExpiry = setsExpiry || action.setsExpiry();
    if (isTouched) {
        after.seenAt = now;
        after.expiresAt = std::max(after.expiresAt, deadline(after, now));
    }
    if (bindsUser && !after.user.isEmpty())
        endGraces(after, now);
    if (moves) {
        const bool logsIn = bindsUser && !after.user.isEmpty();
        const qint64 grace = rotates || logsIn ? 0 : byOperator && m_policy.grace <= 0 ? OperatorsGrace : m_policy.grace;
        if (grace <= 0) {
            endGraces(after, now);
            m_replaced[after.key] = now + ReplacedKept;
        } else {
            after.graces[after.key] = now + grace;
        }
        const Key oldKey = after.key;
        if (newKey && (!request.seen->flash.isEmpty() || m_claims.contains(claimKey(oldKey))))
            m_claimKeys[*newKey] = claimKey(oldKey);
        if (newKey)
            move(after, *newKey, now);
        after.version = living->version + 1;
        if (rotates || byOperator) {
            // 4.24: a new token, but the page that leaves now may have the one that its handler asked for before.
            after.token = byOperator ? agreedToken(*living) : ++m_tokenCount;
            after.olderToken = request.tokenGiven;
            if (!request.rotationToken.isEmpty())
                m_tokens[after.token] = std::exchange(request.rotationToken, {});
        }
        *living = after;
        tell(Event::Rotated, *living, now, {}, oldKey);
        answer.cookie = {Answer::New};
    } else {
        const Record before = *living;
        *living = after;
        if (after.version != before.version || flashText(after.flash) != flashText(before.flash))
            tell(Event::Changed, *living, now);
        else if (after.seenAt != before.seenAt || after.expiresAt != before.expiresAt)
            tell(Event::Touched, *living, now);
        if ((isTouched || setsExpiry) && isFirst && !request.viaGrace)
            answer.cookie = {Answer::Same};
        if (isTouched && !isFirst)
            request.viaGrace = true;
    }
    request.pending.clear();
    if (!isFirst)
        request.viaGrace = true;
    if (moves)
        request.viaGrace = request.operatorRotates = false;
    // Its own flash values are for later requests; what others wrote meanwhile shows once it is read anew.
    Record view = *living;
    view.flash = request.seen->flash;
    view.flashTaken = request.seen->flashTaken;
    view.data = request.seen->data;
    request.seen = view;
    request.known = request.seen;
    request.touchInterval = touchInterval(*living);
    answer.maxAge = maxAge(*living, now);
    return answer;
}

Model::Answer Model::answer(Request &request, int status, qint64 now, const std::optional<Key> &cookie)
{
    Answer answer{.status = {status}, .cookie = {Answer::None}, .maxAge = {}};
    const auto releaseFlash = [&] {
        if (request.takesFlash)
            m_claims[request.flashKey] = 0;
    };
    const bool failed = status >= 500;
    if (request.gone) {
        answer.cookie = {request.removalCookie ? Answer::Removal : Answer::None};
        if (!failed && request.destroys && request.movedOn)
            answer.status = isReplaced(request.seen->key, now) ? QList{409} : QList{status, 409};
        else if (!failed && request.refused)
            answer.status = {409};
        return answer;
    }
    if (request.destroys && !failed) { // 4.10: whatever else the request did
        releaseFlash();
        if (!request.seen) {
            if (request.replaced)
                answer.status = {409, status};
            else
                removeOthers(request, now);
            return answer;
        }
        removeOthers(request, now);
        Record *living = find(request.seen->key, now);
        if (living && !request.lost) {
            tell(Event::Destroyed, *living, now);
            const Key key = living->key;
            erase(key);
            answer.cookie = {Answer::Removal};
        } else if (isReplaced(request.seen->key, now)) {
            answer.status = {409};
        } else {
            if (!request.lost)
                remove(request.seen->key, now, SessionStore::Removal::Destroyed); // which is over
            answer.status = {status, 409};
        }
        return answer;
    }
    const auto alreadySent = [&] {
        answer.cookie = {request.immediate && !request.lost ? Answer::New : Answer::None};
        if (request.immediate && request.seen && !find(request.seen->key, now))
            answer.cookie.append(Answer::None); // if a touch has noticed that it is over
        if (request.immediate && request.seen)
            answer.maxAge = maxAge(*request.known, now); // what was not saved is not so
        return answer;
    };
    if (failed) { // 4.13
        releaseFlash();
        return alreadySent();
    }
    if (request.refused) {
        releaseFlash();
        answer.status = {409};
        return alreadySent();
    }

    QList<QJsonValue> allFlash; // that was taken
    if (request.takesFlash) {
        releaseFlash();
        Record *living = find(request.seen->key, now);
        if (!living || living->flashTaken != request.seen->flashTaken) {
            answer.status = {409};
            request.lost = !living;
            return answer;
        }
        request.seen->flashTaken = m_flashTaken[request.flashKey] = ++living->flashTaken;
        // Those that were added meanwhile are put back.
        allFlash = std::exchange(living->flash, {});
        for (const QJsonValue &added : allFlash.mid(request.flashTaken.size()) | std::views::reverse)
            request.pending.prepend({.kind = Action::AddFlash, .text = {}, .value = added});
        tell(Event::Changed, *living, now);
    }
    const bool rotates = request.rotates;
    Answer saved = save(request, status, now, cookie, false, rotates);
    const bool isSaved = saved.status.contains(status);
    if (Record *living = isSaved || allFlash.isEmpty() ? nullptr : find(request.seen->key, now)) { // all, as nobody saw them
        living->flash += allFlash;
        tell(Event::Changed, *living, now);
    }
    const bool hasNewId = request.immediate || (isSaved && request.newCookie);
    if (!request.lost && !request.viaGrace && saved.cookie.first() != Answer::New && (hasNewId || (isSaved && request.touched))) {
        const Record *living = find(request.seen->key, now);
        // What a request that writes nothing more does not notice.
        const bool isGone = !living || living->key != request.seen->key;
        saved.cookie = {hasNewId ? Answer::New : Answer::Same};
        if (isGone)
            saved.cookie.append(Answer::None);
        saved.maxAge = maxAge(*request.seen, now);
    }
    return saved;
}

/// What else the browser offered ends with its session: what is over, and the user's other sessions.
void Model::removeOthers(Request &request, qint64 now)
{
    for (const Key &key : std::exchange(request.endsToo, {}))
        remove(key, now, SessionStore::Removal::Destroyed);
}

// ---- The administrator's side

std::optional<Error::Code> Model::remove(const Key &key, qint64 now, SessionStore::Removal why)
{
    Record *record = find(key, now);
    if (!record) {
        const auto over = std::ranges::find(m_records, key, &Record::key);
        if (over != m_records.end()) {
            tellExpired(*over, now);
            erase(Key(key));
        }
        return Error::NotFound;
    }
    const bool revoked = why != SessionStore::Removal::Destroyed;
    tell(revoked ? Event::Revoked : Event::Destroyed, *record, now, revoked ? u"admin"_s : QString());
    erase(Key(record->key));
    return {};
}

qint64 Model::removeUser(const QString &user, qint64 now)
{
    qint64 count = 0;
    for (const Record &record : QList<Record>(m_records)) {
        if (record.user != user)
            continue;
        if (record.expiresAt > now) {
            tell(Event::Revoked, record, now, u"user"_s);
            ++count;
        } else {
            tellExpired(record, now);
        }
        erase(record.key);
    }
    return count;
}

std::optional<Error::Code> Model::edit(const Key &key, const QString &name, const QJsonValue &value,
                                       std::optional<quint64> version, qint64 now)
{
    Record *record = find(key, now);
    if (!record)
        return Error::NotFound;
    if (version && *version != record->version)
        return Error::Conflict;
    const auto before = valueOf(*record, name);
    if (before && isSame(*before, value))
        return {};
    record->data[name] = value;
    ++record->version;
    tell(Event::Changed, *record, now);
    return {};
}

std::optional<Error::Code> Model::expire(const Key &key, qint64 at, qint64 now)
{
    Record *record = find(key, now);
    if (!record)
        return Error::NotFound;
    if (record->own == Own::At && record->ownValue == at)
        return {};
    record->own = Own::At;
    record->ownValue = at;
    record->expiresAt = deadline(*record, now);
    ++record->version;
    tell(Event::Changed, *record, now);
    return {};
}

std::optional<Error::Code> Model::askForRotation(const Key &key, qint64 now)
{
    Record *record = find(key, now);
    if (!record)
        return Error::NotFound;
    if (!record->rotateRequested) {
        record->rotateRequested = true;
        tell(Event::Changed, *record, now);
    }
    return {};
}

void Model::tellExpired(const Record &record, qint64 now)
{
    const bool byAbsolute = record.absolute && record.expiresAt == *record.absolute;
    tell(Event::Expired, record, now, byAbsolute ? u"absolute"_s : record.own == Own::At ? u"fixed"_s : u"idle"_s);
}

/// 4.21: those that expired first, at most so many, each told of once.
qint64 Model::sweep(qint64 limit, qint64 now)
{
    QList<Record> expired;
    for (const Record &record : m_records) {
        if (record.expiresAt <= now)
            expired.append(record);
    }
    std::ranges::sort(expired, {}, &Record::expiresAt);
    const qint64 count = std::min<qint64>(limit, expired.size());
    for (const Record &record : expired.first(count)) {
        tellExpired(record, now);
        erase(record.key);
    }
    return count;
}

bool Model::isOver(const Key &key, qint64 now) const
{
    return std::ranges::any_of(m_records, [&](const Record &record) { return record.key == key && record.expiresAt <= now; });
}

void Model::swept(const Event &event)
{
    m_history.append(event);
    erase(Key(event.key));
}
