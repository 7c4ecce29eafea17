// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionKey>

#include <QtCore/QCryptographicHash>
#include <QtTest/QTest>

/// Keys for the store suite over a store in shards, where rotation stays in one: all in one shard for the tests that rotate by
/// key, in all of them for the others.
inline Sojourn::SessionKey shardKey(int n)
{
    static const QByteArrayList rotating = {"everyChangeIsTold",
                                            "eventsCarryTheirFields",
                                            "administrationIsToldWithItsAuthor",
                                            "endByAnAdministratorIsToldAtOnceWithItsAuthor",
                                            "failedOperationsTellNothing",
                                            "historyIsNewestFirstWithoutChangesAndTouches",
                                            "historyIsFoundByKeyAndUser",
                                            "countersCountWhatThisStoreDid",
                                            "undecodableRecordIsSetAside",
                                            "nothingIsRevivedAfterExpiry",
                                            "rotationMovesTheRecordAtOnce",
                                            "rotationToATakenKeyIsRefused",
                                            "nothingIsRevivedAfterRotation",
                                            "refusedRotationChangesNothing",
                                            "graceKeyStandsForItsRecord",
                                            "graceKeysChainToTheNewestKey",
                                            "graceEndsByTheClock",
                                            "renewalWithoutGraceMovesNoRenewedRecord",
                                            "rotationEndsEveryGrace",
                                            "removalEndsEveryGrace",
                                            "removeOfAnotherVersionIsAConflict",
                                            "visitIsKeptBesideTheData",
                                            "loginEndsEveryGrace",
                                            "recordIsRenewedOnce",
                                            "rotationThroughAGraceKeyIsARotation",
                                            "graceKeyIsTaken",
                                            "recordOfTheLargestVersionGoesOn",
                                            "aClockAheadEndsNoGraceOfOthers",
                                            "overwrittenGraceKeyIsANewSession",
                                            "updateOfAnUnknownKeyCreatesNothing",
                                            "unknownKeyIsNotFound",
                                            "versionRisesWithDataUserAndExpiryOnly",
                                            "newerVersionIsAConflictThatChangesNothing",
                                            "largeChangeIsRefusedAndTheOldRecordStays",
                                            "nothingIsRevivedAfterRemoval",
                                            "whatCannotBeKeptIsRefused",
                                            "flashCountsAgainstTheSizeLimit",
                                            "csrfSecretIsKept",
                                            "rotateRequestIsKeptUntilTheRotation",
                                            "anotherProcessSeesEveryChange",
                                            "twoProcessesReviveNothing",
                                            "anotherProcessIsToldOfEveryChange",
                                            "removeUserKnowsTheExceptedByItsGraceKey",
                                            "capEvictsTheSessionCreatedFirst",
                                            "logInOfAReplacedSessionEndsNobody",
                                            "capRefusesOneTooMany",
                                            "indexOfUsersStaysExact"};
    QByteArray bytes = QCryptographicHash::hash(QByteArray::number(n), QCryptographicHash::Sha256);
    if (rotating.contains(QTest::currentTestFunction()))
        bytes[0] = bytes[1] = 0;
    return *Sojourn::SessionKey::fromBytes(bytes);
}
