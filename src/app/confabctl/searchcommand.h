#pragma once

#include "app/confabctl/abstractcommand.h"
#include "store/search/searchhit.h"

namespace confab {

/// `search QUERY`: messages on this computer, newest first. Needs no connection.
class SearchCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    bool needsConnection() const override { return false; }
    void start() override;

private:
    void print(const SearchPage &page);

    int m_printed = 0;
};

}
