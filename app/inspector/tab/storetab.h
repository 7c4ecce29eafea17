// SPDX-License-Identifier: MIT
#pragma once

#include "edit/storeactions.h"
#include "edit/storeeditor.h"
#include "table/sessionmodel.h"

#include <QtWidgets/QWidget>

class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace Sojourn::Inspector {

class RotationBar;
class SavedViews;
class SearchBar;
class SessionView;

/// One open store: filters, the table, and what is to be said about them at their place.
class StoreTab final : public QWidget
{
    Q_OBJECT
public:
    StoreTab(std::unique_ptr<OpenStore> store, ActivityLog *log, QWidget *parent = nullptr);
    ~StoreTab() override;

    [[nodiscard]] OpenStore &store() { return *m_store; }
    [[nodiscard]] StoreEditor &editor() { return *m_editor; }
    [[nodiscard]] SessionModel &model() { return *m_model; }
    [[nodiscard]] SessionView &view() const { return *m_view; }
    [[nodiscard]] StoreActions &actions() { return *m_actions; }

    /// The user of the row that the keyboard is on; empty for none, nothing without a row.
    [[nodiscard]] std::optional<QString> currentUser() const;

    void setFilter(const SessionFilter &filter);
    /// The state and the columns of attributes as they were when a tab of this store was open last.
    void restoreFilter();
    void clearFilter() { setFilter({}); }
    void focusFilter();
    /// Gives the keyboard to the table, now or as soon as it has rows.
    void focusSessions();
    void refresh();
    /// Asks for a cookie value and selects its session. The value is hashed at once and kept nowhere.
    void findByCookie();
    /// "1,000,000 sessions, 214 shown"
    [[nodiscard]] QString countText() const;
    void showMessage(const QString &text, bool bad);
    /// Makes the store writable, after a question in production, or read-only.
    void changeWritable();

Q_SIGNALS:
    /// countText() says something else: other rows are in view.
    void countChanged();
    /// The store cannot be reached, and the person wants to see whether its address is right.
    void connectionWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeEmptyState();
    QWidget *makeFoot();
    QFrame *makeBanner();

    void rememberFilter() const;
    void askAttributeColumn();
    void showStatus();
    void announceCount();
    void showStore();
    void findOneOf(const QList<SessionKey> &keys, qsizetype at = 0);
    void showLiving(const SessionKey &key);
    void showEnded(const SessionKey &key);
    void showConflict(const Conflict &conflict);
    void showJob(BulkJob *job);
    void showCounting(int found);

    std::unique_ptr<OpenStore> m_store;
    StoreEditor *m_editor;
    SessionModel *m_model;
    SessionView *m_view;
    StoreActions *m_actions;
    SessionFilter m_filter;
    bool m_focusWaits = false; ///< for the table to be there
    bool m_countWaits = false; ///< to be announced
    bool m_isLost = false;     ///< as the banner says

    SearchBar *m_search;
    SavedViews *m_views;
    RotationBar *m_rotation;
    QFrame *m_banner = nullptr;
    QLabel *m_bannerTitle, *m_bannerText;
    QPushButton *m_bannerButton;
    QStackedWidget *m_pages;
    QLabel *m_emptyTitle, *m_emptyText;
    QPushButton *m_emptyButton;
    QVBoxLayout *m_foot;
    QFrame *m_counting;
    QLabel *m_countingText;
    QFrame *m_message;
    QLabel *m_messageIcon, *m_messageText;
};

} // namespace Sojourn::Inspector
