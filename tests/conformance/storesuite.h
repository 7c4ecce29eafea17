// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Session>
#include <Sojourn/SessionStore>
#include <Sojourn/sojourntesting_export.h>

#include <QtTest/QTest>

#include <source_location>

namespace Sojourn {

/// How the suite gets the stores that it tests.
struct StoreFactory
{
    /// A new, empty store.
    std::function<std::shared_ptr<Sojourn::SessionStore>()> make;
    /// A second store on the data of the last one made, as another process would open it; null where there is no such thing.
    std::function<std::shared_ptr<Sojourn::SessionStore>()> makeAnother = {};
    /// Damages the record of this key behind the store's back, so that it cannot be decoded; null where that is impossible.
    std::function<void(const Sojourn::SessionKey &)> corrupt = {};
    /// The store whose size limit and counters hold, where that is not the one that was made.
    std::function<Sojourn::SessionStore &()> backend = {};
    /// The key of test record number n, where a store cannot rotate between any two keys; by default a digest of the number.
    std::function<Sojourn::SessionKey(int n)> key = {};
    /// The bytes that the store adds to the name of a user.
    int userOverhead = 0;
    /// What the store tells of an administrator in front of the name that he gives himself; null for nothing.
    std::function<QString()> proven = {};
};

/// What every store must do, whatever it stands on. The test of a store derives from this class, hands over its factory and adds
/// what only that store does:
///
///     class TestFooStore : public StoreSuite
///     {
///         Q_OBJECT
///     public:
///         TestFooStore() : StoreSuite({.make = [] { return std::make_shared<FooStore>(); }}) { }
///     private Q_SLOTS:
///         void doesWhatOnlyFooDoes();
///     };
///     QTEST_GUILESS_MAIN(TestFooStore)
///
/// Time stands still in the stores until a test moves m_now.
class SOJOURN_TESTING_EXPORT StoreSuite : public QObject
{
    Q_OBJECT
public:
    /// Tests what \a factory makes, a new store for each test.
    explicit StoreSuite(StoreFactory factory) : m_factory(std::move(factory)) { }

private Q_SLOTS:
    void init();
    void cleanup();

    // records.cpp
    void createdRecordIsLoadedAsItWas();
    void visitIsKeptBesideTheData();
    void factsOfOneVisitMeet();
    void unknownKeyIsNotFound();
    void createNeverOverwrites();
    void createOverwritesWhenAsked();
    void createRefusesExpiredRecords();
    void createRefusesVersionsThatSomeStoreCannotKeep();
    void createRefusesLargeRecords();
    void createTakesTheKeyOfAnExpiredRecord();
    void updateOfAnUnknownKeyCreatesNothing();
    void changesOfDifferentAttributesAreMerged();
    void lastChangeOfAnAttributeWins();
    void removingAnAttributeKeepsTheOthers();
    void clearComesBeforeWhatTheChangeSets();
    void emptiedRecordStays();
    void versionRisesWithDataUserAndExpiryOnly();
    void recordOfTheLargestVersionGoesOn();
    void updateReturnsTheStateAfterwards();
    void incrementStartsAtZero();
    void incrementIsExactToTheEndsOf64Bits();
    void incrementAddsToFractions();
    void incrementOfNoNumberIsRefusedAsAWhole();
    void overlappingIncrementsAllCount();
    void overlappingChangesAllStay();
    void newerVersionIsAConflictThatChangesNothing();
    void largeChangeIsRefusedAndTheOldRecordStays();
    void removeReturnsWhatWasRemoved();
    void removeOfAnotherVersionIsAConflict();
    void removeOfTheVersionSeenIsOneStep();
    void nothingIsRevivedAfterRemoval();
    void hostileNamesAreOnlyNames_data();
    void hostileNamesAreOnlyNames();
    void valuesComeBackExactly_data();
    void valuesComeBackExactly();
    void whatCannotBeKeptIsRefused_data();
    void whatCannotBeKeptIsRefused();
    void anyJsonComesBack();
    void userCountsAgainstTheSizeLimit();
    void manyAttributesAreWrittenInLinearTime();
    void flashIsHandedOutOnce();
    void flashOfSeveralChangesIsKeptInOrder();
    void flashCountsAgainstTheSizeLimit();
    void csrfSecretIsKept();
    void rotateRequestIsKeptUntilTheRotation();

    // lifetimes.cpp
    void expiredRecordsAreNowhere();
    void whatIsEndedAfterItsTimeStaysEndedWhenTheClockGoesBack();
    void nothingIsRevivedAfterExpiry();
    void removalAfterTheDeadlineIsForGood();
    void removalAfterTheDeadlineNeedsNoReading();
    void touchMovesTheIdleDeadline();
    void touchNeverMovesTimesBackwards();
    void overlappingTouchesCountOnce();
    void touchFollowsTheRecordsOwnIdleTime();
    void deadlineMovedElsewhereCounts();
    void touchLeavesAFixedDeadline();
    void touchStopsAtTheAbsoluteDeadline();
    void newExpiryMovesTheDeadline();
    void rotationMovesTheRecordAtOnce();
    void rotationToATakenKeyIsRefused();
    void nothingIsRevivedAfterRotation();
    void refusedRotationChangesNothing();
    void graceKeyStandsForItsRecord();
    void graceKeysChainToTheNewestKey();
    void renewalWithoutGraceMovesNoRenewedRecord();
    void graceEndsByTheClock();
    void aClockAheadEndsNoGraceOfOthers();
    void rotationEndsEveryGrace();
    void removalEndsEveryGrace();
    void loginEndsEveryGrace();
    void recordIsRenewedOnce();
    void rotationThroughAGraceKeyIsARotation();
    void overwrittenGraceKeyIsANewSession();
    void overwrittenKeyIsNoOldKeyAnyMore_data();
    void overwrittenKeyIsNoOldKeyAnyMore();
    void graceKeyIsTaken();
    void sweepRemovesBoundedStepsInOrderOfDeadline();
    void sweepRunsWithoutTraffic();
    void storeMayGoInAnyOfItsAnswers();

    // users.cpp
    void userIsBoundReboundAndUnbound();
    void userNamesAreOnlyNames_data();
    void userNamesAreOnlyNames();
    void sessionsOfAUserAreListedNewestFirst();
    void removeUserRemovesAllButTheExcepted();
    void removeUserRemovesWhatIsOlderThan1970();
    void removeUserKnowsTheExceptedByItsGraceKey();
    void removeUserKnowsTheExceptedByItsOldKeys();
    void removeUserWantsAName();
    void capEvictsTheSessionCreatedFirst_data();
    void capEvictsTheSessionCreatedFirst();
    void capOfZeroIsNoLimit();
    void logInOfAReplacedSessionEndsNobody();
    void capRefusesOneTooMany_data();
    void capRefusesOneTooMany();
    void capCountsNeitherExpiredNorOtherUsersSessions();
    void indexOfUsersStaysExact();

    // listing.cpp
    void listIsInOrder_data();
    void listIsInOrder();
    void listOfAUserIsInOrder_data();
    void listOfAUserIsInOrder();
    void listSkipsExpiredRecordsAtEveryOffset();
    void listFindsKeysByPrefix();
    void listCarriesDataOnlyWhenAsked();
    void cursorNeitherSkipsNorRepeats_data();
    void cursorNeitherSkipsNorRepeats();
    void pagesOfAFilterAreThoseOfTheWhole_data();
    void pagesOfAFilterAreThoseOfTheWhole();
    void damagedCursorIsRefused();

    // events.cpp
    void spaceIsGivenBackOrThereIsNone();
    void everyChangeIsTold();
    void eventsCarryTheirFields();
    void nothingIsToldBeforeSubscription();
    void failedOperationsTellNothing();
    void expiryIsToldOnceWithItsReason();
    void administrationIsToldWithItsAuthor();
    void endByAnAdministratorIsToldAtOnceWithItsAuthor();
    void historyIsNewestFirstWithoutChangesAndTouches();
    void historyIsFoundByKeyAndUser();
    void countersCountWhatThisStoreDid();
    void undecodableRecordIsSetAside();

    // sessions.cpp
    void readingASessionCreatesNothing();
    void sessionIsSavedAndReadBack();
    void overlappingSessionsKeepBothChanges();
    void overlappingSessionsCountEveryIncrement();
    void aSaveOfWhatCannotBeMergedFails();
    void sessionIsNotRevivedByALateSave();
    void cycledSessionIsDeadUnderItsOldId();
    void flushedSessionIsGone();
    void leavingWhileTheClockIsAheadIsForGood();
    void flashIsReadByOneOfTwoSessions();
    void userLogsOutEverywhere();
    void sessionSurvivesOddText();
    void sessionRefusesWhatCannotBeKept();
    void everyThreadIsAnsweredAtOnce();

    // sessions.cpp, two stores on the same data
    void anotherProcessSeesEveryChange();
    void factsOfOneVisitMeetAcrossProcesses();
    void twoProcessesLoseNoIncrement();
    void twoProcessesReviveNothing();
    void twoProcessesSweepEachRecordOnce();
    void anotherProcessIsToldOfEveryChange();

protected:
    /// How long a record() lives.
    static constexpr std::chrono::milliseconds Idle = std::chrono::hours(1);
    /// Of the stores: a busy machine is no fault of theirs.
    static constexpr std::chrono::milliseconds Timeout = std::chrono::seconds(20);

    /// The key of test record number \a n.
    Sojourn::SessionKey key(int n) const;
    /// A record that was created now and has an hour to live.
    Sojourn::SessionRecord record(int n, const QString &user = {}) const;
    /// Puts the attribute \a name with the value \a json into \a record.
    static void give(Sojourn::SessionRecord &record, QByteArrayView name, QByteArrayView json);
    /// An empty change, for use now.
    static Sojourn::SessionChange change();
    /// A change that sets one attribute.
    static Sojourn::SessionChange setting(QByteArrayView name, QByteArrayView json);
    /// A change that says only that the session was used now.
    Sojourn::SessionChange touching() const;
    /// A change that binds \a user, as a log-in does.
    static Sojourn::SessionChange binding(const QString &user, std::optional<Sojourn::UserCap> cap = {});

    /// The result of the task; a test that does not get one has failed.
    template<class T>
    T must(Sojourn::Task<T> task, std::source_location at = std::source_location::current())
    {
        return must(m_store->waitFor(std::move(task)), at);
    }
    /// The same of a result that is there already.
    template<class T>
    T must(Sojourn::Result<T> result, std::source_location at = std::source_location::current())
    {
        if (!result)
            QTest::qFail(qPrintable(result.error().text), at.file_name(), int(at.line()));
        if constexpr (!std::is_void_v<T>)
            return result ? std::move(*result) : T();
    }
    /// Whether the task fails with this error.
    template<class T>
    bool fails(Sojourn::Task<T> task, Sojourn::Error::Code code)
    {
        const Sojourn::Result<T> result = m_store->waitFor(std::move(task));
        if (!result && result.error() != code)
            qWarning("Failed with error %d: %s", int(result.error().code), qPrintable(result.error().text));
        return !result && result.error() == code;
    }

    /// A second store on the same data, with the same clock. Only where the factory makes one.
    std::shared_ptr<Sojourn::SessionStore> makeAnother();
    /// The store whose size limit and counters hold.
    Sojourn::SessionStore &backend() { return m_factory.backend ? m_factory.backend() : *m_store; }
    /// Creates \a record in the store, or fails the test at the line that called.
    void create(const Sojourn::SessionRecord &record, std::source_location at = std::source_location::current());
    /// The JSON text of an attribute in the store, null if there is none.
    QByteArray attribute(const Sojourn::SessionKey &key, QByteArrayView name);
    /// Whether the store finds a record of \a key.
    bool exists(const Sojourn::SessionKey &key);
    /// The keys of the sessions of \a user, newest first.
    QList<Sojourn::SessionKey> keysOf(const QString &user);
    /// The keys of the records in \a page, in its order.
    static QList<Sojourn::SessionKey> keysOf(const Sojourn::SessionPage &page);

    StoreFactory m_factory; ///< makes the stores
    std::shared_ptr<Sojourn::SessionStore> m_store; ///< that of the test which runs
    Sojourn::TimePoint m_now; ///< the time in the stores, which a test moves

private:
    void makeTwenty();
    void watch(Sojourn::SessionStore &store, QList<Sojourn::SessionEvent> *events);
};

} // namespace Sojourn
