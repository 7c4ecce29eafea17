// SPDX-License-Identifier: MIT
#include "dispatcher_p.h"

#include <Sojourn/Author>

#include <QtCore/QTimer>

#include <algorithm>
#include <functional>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Sojourn::Wire {

namespace {

template<class T>
QByteArray replyFrame(quint64 id, const Result<T> &result)
{
    if (!result)
        return makeFrame(Message::Failure, id, result.error());
    QByteArray frame = [&] {
        if constexpr (std::is_void_v<T>)
            return makeFrame(Message::Answer, id, std::monostate());
        else
            return makeFrame(Message::Answer, id, *result);
    }();
    if (frame.size() > MaxReplySize)
        frame = makeFrame(Message::Failure, id,
                          Error{Error::TooLarge, Error::tr("The session is too large for a live connection.")});
    return frame;
}

/// How many of \a records fit into a page, at least one, if each has \a dataSize(SessionRecord) bytes beside its info.
int fitting(const QList<SessionRecord> &records, auto &&dataSize)
{
    constexpr qsizetype infoSize = 256;
    qsizetype size = 0;
    int count = 0;
    for (const SessionRecord &record : records) {
        size += infoSize + std::invoke(dataSize, record);
        if (size > Dispatcher::PageSize && count > 0)
            break;
        ++count;
    }
    return count;
}

} // namespace

Dispatcher::Dispatcher(std::shared_ptr<SessionStore> store, QObject *parent, const QString &proven)
    : QObject(parent), m_store(std::move(store)), m_proven(proven)
{ }

bool Dispatcher::handle(const QByteArray &payload)
{
    Payload in(payload);
    quint64 id = 0;
    Operation operation{};
    TimePoint lastStart;
    if (!in.read(id, operation, lastStart) || id == 0)
        return false;
    if (const TimePoint now = systemNow(); now > lastStart) {
        Q_EMIT answered(makeFrame(Message::Late, id, now));
        return true;
    }
    const Author::Scope scope(m_author, operation == Operation::Restore);
    switch (operation) {
    case Operation::Create:
    case Operation::Restore:
        return call(id, in, &SessionStore::create);
    case Operation::Load:
        return call(id, in, &SessionStore::load);
    case Operation::Update:
        return call(id, in, &SessionStore::update);
    case Operation::Rotate:
        return call(id, in, &SessionStore::rotate);
    case Operation::Remove:
        return call(id, in, &SessionStore::remove);
    case Operation::RemoveUser:
        return call(id, in, &SessionStore::removeUser);
    case Operation::TakeFlash:
        return call(id, in, &SessionStore::takeFlash);
    case Operation::List:
        return list(id, in);
    case Operation::Count:
        return call(id, in, &SessionStore::count);
    case Operation::RemoveExpired:
        return removeExpired(id, in);
    case Operation::History:
        return call(id, in, &SessionStore::history);
    case Operation::Subscribe:
        return subscribe(id, in);
    case Operation::Compact:
        return call(id, in, &SessionStore::compact);
    case Operation::RemoveVersion:
        return call(id, in, &SessionStore::removeVersion);
    case Operation::Identities:
        return call(id, in, &SessionStore::identities);
    case Operation::Hello:
        return hello(id, in);
    case Operation::Ping:
        return ping(id, in);
    }
    return false;
}

template<class T>
void Dispatcher::answer(quint64 id, Task<T> task)
{
    ++m_waiting;
    task.then(this, [this, id](Result<T> result) {
        --m_waiting;
        Q_EMIT answered(replyFrame(id, result));
    });
}

template<class T, class... Args>
bool Dispatcher::call(quint64 id, Payload &in, Task<T> (SessionStore::*operation)(Args...))
{
    std::tuple<std::remove_cvref_t<Args>...> arguments;
    const auto start = [&](auto &...argument) {
        if (!in.readRest(argument...))
            return false;
        answer(id, (m_store.get()->*operation)(argument...));
        return true;
    };
    return std::apply(start, arguments);
}

bool Dispatcher::hello(quint64 id, Payload &in)
{
    QString said;
    if (!in.readRest(said))
        return false;
    m_author = (said.isEmpty() || m_proven.isEmpty() ? said : QString(m_proven + u": "_s + said)).left(Author::MaxLength);
    Q_EMIT answered(makeFrame(Message::Answer, id, lastOf(Operation())));
    return true;
}

bool Dispatcher::ping(quint64 id, Payload &in)
{
    if (!in.readRest())
        return false;
    Q_EMIT answered(makeFrame(Message::Answer, id, std::monostate()));
    return true;
}

bool Dispatcher::list(quint64 id, Payload &in)
{
    SessionQuery query;
    if (!in.readRest(query))
        return false;
    ++m_waiting;
    if (!query.withData) {
        listPage(id, query);
        return true;
    }
    // The sizes first: the data of a whole page may be more than the application has room for.
    SessionQuery sizes = query;
    sizes.withData = false;
    m_store->list(sizes).then(this, [this, id, query](const Result<SessionPage> &page) {
        SessionQuery shorter = query;
        if (page && !page->records.isEmpty())
            shorter.limit = fitting(page->records, &SessionRecord::size);
        listPage(id, shorter);
    });
    return true;
}

void Dispatcher::listPage(quint64 id, const SessionQuery &query)
{
    m_store->list(query).then(this, [this, id, query](Result<SessionPage> page) {
        const auto dataSize = [](const SessionRecord &record) { return record.data.encoded().size() + record.flash.size(); };
        const int count = page ? fitting(page->records, dataSize) : 0;
        if (page && count < page->records.size()) {
            SessionQuery shorter = query; // only the store can tell where the page after a shorter one begins
            shorter.limit = count;
            listPage(id, shorter);
            return;
        }
        --m_waiting;
        Q_EMIT answered(replyFrame(id, page));
    });
}

bool Dispatcher::removeExpired(quint64 id, Payload &in)
{
    int limit = 0;
    if (!in.readRest(limit))
        return false;
    ++m_waiting;
    sweep(id, limit, 0);
    return true;
}

void Dispatcher::sweep(quint64 id, int left, qint64 removed)
{
    constexpr int most = 1000; // at a time, so that the application is not held up
    const int step = std::min(left, most);
    m_store->removeExpired(step).then(this, [=, this](Result<qint64> count) {
        if (count && *count >= step && left > step) {
            QTimer::singleShot(0, this, [=, this] { sweep(id, left - step, removed + *count); });
            return;
        }
        --m_waiting;
        if (count)
            *count += removed;
        Q_EMIT answered(replyFrame(id, count));
    });
}

bool Dispatcher::subscribe(quint64 id, Payload &in)
{
    if (!in.readRest())
        return false;
    ++m_waiting;
    m_store->subscribe().then(this, [this, id](Result<void> done) {
        --m_waiting;
        if (done)
            Q_EMIT subscribed();
        Q_EMIT answered(replyFrame(id, done));
    });
    return true;
}

} // namespace Sojourn::Wire
