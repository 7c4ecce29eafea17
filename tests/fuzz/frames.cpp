// SPDX-License-Identifier: MIT

// What a hostile client can send to a LiveServer, and a hostile application to a LiveStore.
// A first byte of 0: bytes of a connection; of 1: the payload of a request; of 2: a value of any type of the protocol.

#include "fuzz.h"

#include "dispatcher_p.h"

#include <Sojourn/MemoryStore>

#include <QtCore/QBuffer>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint Now{std::chrono::hours(500'000)};
constexpr qsizetype RequestLimit = 512 * 1024;

SessionRecord someRecord(char c)
{
    SessionRecord record;
    record.key = *SessionKey::fromBytes(QByteArray(SessionKey::ByteCount, c));
    record.user = u"ann"_s;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = Now;
    record.expiresAt = Now + 1h;
    record.expiry = Expiry::onInactivity(1h);
    record.data.insert(QByteArrayView("n"), QByteArrayView("1"));
    record.flash = R"(["saved"])";
    record.csrfSecret = QByteArray(16, c);
    record.updateCounts();
    return record;
}

SessionChange someChange()
{
    SessionChange change;
    change.set("a", "{\"b\":[1,null]}");
    change.remove("n");
    change.increment("count", 2);
    change.addFlash("\"seen\"");
    change.user = u"bob"_s;
    change.expiry = Expiry::onSessionEnd();
    change.touch = SessionChange::Touch{Now + 1min};
    change.cap = UserCap{2, UserCap::Evict};
    change.rotateRequested = true;
    return change;
}

class Application
{
public:
    Application()
    {
        store->setClock([] { return Now; });
        for (const char c : {'a', 'b', 'c'})
            fuzzCheck(store->create(someRecord(c)).isFinished(), "a store in memory answers at once");
        QObject::connect(&dispatcher, &Wire::Dispatcher::answered, &dispatcher, [this](const QByteArray &frame) {
            ++answers;
            Wire::Payload in(frame.sliced(sizeof(quint32)));
            Wire::Message message{};
            quint64 id = 0;
            fuzzCheck(in.read(message, id) && id > 0, "an answer is a frame");
        });
    }

    bool handle(const QByteArray &payload)
    {
        const int before = answers;
        const bool good = dispatcher.handle(payload);
        fuzzCheck(answers == before + (good ? 1 : 0), "each request is answered once, and nothing else is");
        return good;
    }

    void receive(QByteArray bytes)
    {
        QBuffer connection(&bytes);
        connection.open(QBuffer::ReadOnly);
        Wire::FrameReader reader;
        while (reader.read(connection, RequestLimit) == Wire::FrameReader::Complete && handle(reader.takePayload())) { }
    }

private:
    std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>();
    Wire::Dispatcher dispatcher{store};
    int answers = 0;
};

/// Whatever can be read as a T can be written and read again, and is the same.
template<class T>
void readAs(const QByteArray &payload)
{
    T value = Wire::blank<T>();
    Wire::Payload in(payload);
    if (!in.readRest(value))
        return;
    T again = Wire::blank<T>();
    const QByteArray written = Wire::makeFrame(value).sliced(sizeof(quint32));
    Wire::Payload second(written);
    fuzzCheck(second.readRest(again), "what was read can be written and read");
    fuzzCheck(Wire::makeFrame(again).sliced(sizeof(quint32)) == written, "what was read and written is the same");
}

template<class... T>
void readAsEach(const QByteArray &payload)
{
    (readAs<T>(payload), ...);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray rest(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    switch (*data) {
    case 0:
        Application().receive(rest);
        break;
    case 1:
        Application().handle(rest);
        break;
    case 2:
        readAsEach<bool, int, qint64, quint64, QString, QByteArray, TimePoint, std::chrono::milliseconds, Error, SessionKey,
                   Expiry, SessionData, SessionInfo, SessionRecord, SessionChange, UserCap, SessionQuery, SessionPage,
                   HistoryQuery, SessionEvent, QList<SessionEvent>, std::optional<UserCap>, std::optional<std::optional<Expiry>>>(
            rest);
        break;
    }
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    using Wire::makeFrame;
    using Wire::Operation;
    const SessionKey a = someRecord('a').key;
    const SessionKey z = someRecord('z').key;
    SessionQuery query;
    query.user = u"ann"_s;
    query.withData = true;
    constexpr TimePoint lastStart{std::chrono::hours(8'000'000)}; // far ahead
    const QList<QByteArray> requests{
        makeFrame(quint64(1), Operation::Create, lastStart, someRecord('z'), std::optional(UserCap{1, UserCap::Refuse}),
                  SessionStore::CreateMode::Overwrite),
        makeFrame(quint64(2), Operation::Load, lastStart, a),
        makeFrame(quint64(3), Operation::Update, lastStart, a, someChange()),
        makeFrame(quint64(4), Operation::Rotate, lastStart, a, z, someChange(), 30'000ms),
        makeFrame(quint64(5), Operation::Remove, lastStart, z, SessionStore::Removal::Admin),
        makeFrame(quint64(13), Operation::RemoveVersion, lastStart, z, quint64(3), SessionStore::Removal::Admin),
        makeFrame(quint64(14), Operation::Identities, lastStart),
        makeFrame(quint64(6), Operation::RemoveUser, lastStart, u"ann"_s, std::optional(a), SessionStore::Removal::User),
        makeFrame(quint64(7), Operation::TakeFlash, lastStart, a),
        makeFrame(quint64(8), Operation::List, lastStart, query),
        makeFrame(quint64(9), Operation::Count, lastStart),
        makeFrame(quint64(10), Operation::RemoveExpired, lastStart, 100),
        makeFrame(quint64(11), Operation::History, lastStart, HistoryQuery{{}, a, 10}),
        makeFrame(quint64(12), Operation::Subscribe, lastStart),
    };
    const QByteArray noUser = makeFrame(SessionEvent{
        .type = SessionEvent::Rotated, .key = a, .oldKey = z, .user = {}, .at = Now, .version = 2, .reason = {}});
    const QList<QByteArray> values{makeFrame(someRecord('a')),
                                   makeFrame(SessionPage{{someRecord('a')}, 1, "next"}),
                                   noUser,
                                   makeFrame(Error{Error::Conflict, u"Newer."_s}),
                                   makeFrame(someChange()),
                                   makeFrame(query)};
    QList<QByteArray> seeds{'\0' + requests.join()};
    for (const QByteArray &request : requests)
        seeds.append('\1' + request.sliced(sizeof(quint32)));
    for (const QByteArray &value : values)
        seeds.append('\2' + value.sliced(sizeof(quint32)));
    return seeds;
}
