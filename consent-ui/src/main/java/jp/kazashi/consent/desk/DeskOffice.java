package jp.kazashi.consent.desk;

/** All that the desk's pages ask for beside the arrival list. */
public record DeskOffice(
    StaffDoor door, FrontDesk front, RecordsDesk records, FailureDesk failure) {}
