BeforeAll { . $PSScriptRoot/PasskeyAdmin.Helpers.ps1 }

Describe 'Get-PasskeyDevice' {
    It 'needs a tenant' {
        { Get-PasskeyDevice } | Should -Throw -ErrorId 'NotConnected,PasskeyAdmin.Commands.GetPasskeyDeviceCommand'
        { Get-PasskeyDevice -Source Entra -StaleAfter 90 | Test-PasskeyDeviceReadiness -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected*'
    }

    It 'asks Intune or Entra and nobody else' {
        { Get-PasskeyDevice Jamf } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage*'
        { Get-PasskeyDevice -StaleAfter 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'Get-PasskeyDeviceRequirement' {
    It 'shows the published table' {
        Get-PasskeyDeviceRequirement -TargetType Synced | Should -HaveCount 12
    }

    It 'knows what 1Password needs on a phone' {
        Get-PasskeyDeviceRequirement -Provider 1Password -Platform iOS, Android | ForEach-Object { "$($_.Platform) $($_.MinimumVersion)" } | Should -Be 'iOS 17.0', 'Android 14.0'
    }

    It 'takes a file of one''s own' {
        @{ requirements = @(@{ provider = 'Google Password Manager'; platform = 'Windows'; passkeyType = 'Synced'; support = 'NotAvailable'; source = 'Chrome is not allowed here' }) } |
            ConvertTo-Json -Depth 4 | Set-Content TestDrive:/matrix.json
        (Get-PasskeyDeviceRequirement 'Google Password Manager' -Platform Windows -Path TestDrive:/matrix.json).Support | Should -Be NotAvailable
        Test-PasskeyDeviceReadiness $sample -RequirementPath TestDrive:/matrix.json | Where-Object Platform -eq Windows | ForEach-Object Status | Sort-Object -Unique | Should -Be 'Unknown', 'NotReady', 'ActionNeeded'
    }
}

Describe 'Import-PasskeyDeviceInventory' {
    It 'reads the sample' {
        Import-PasskeyDeviceInventory $sample | Should -HaveCount 1500
    }

    It 'reads what Get-ChildItem finds' {
        Get-ChildItem $fixtures -Filter entra*.csv | Import-PasskeyDeviceInventory | Should -HaveCount 6
    }

    It 'stops reading when enough came' {
        $devices = Import-PasskeyDeviceInventory $sample | Select-Object -First 3
        $devices | Should -HaveCount 3
    }

    It 'comes back from its own export' {
        Import-PasskeyDeviceInventory $sample | Export-Csv TestDrive:/own.csv
        $again = Measure-PasskeyDeviceReadiness TestDrive:/own.csv -By Platform | ForEach-Object { "$_" }
        $again | Should -Be (Measure-PasskeyDeviceReadiness $sample -By Platform | ForEach-Object { "$_" })
    }

    It 'comes back from JSON, also where only the file knew the platform' {
        $jamf = Join-Path $fixtures jamf-computers.csv
        Import-PasskeyDeviceInventory $jamf | ConvertTo-Json | Set-Content TestDrive:/jamf.json
        $direct = Test-PasskeyDeviceReadiness $jamf | ForEach-Object { "$($_.DeviceName) $($_.Platform) $($_.Status)" }
        Get-Content TestDrive:/jamf.json -Raw | ConvertFrom-Json | Test-PasskeyDeviceReadiness | ForEach-Object { "$($_.DeviceName) $($_.Platform) $($_.Status)" } | Should -Be $direct
        Test-PasskeyDeviceReadiness TestDrive:/jamf.json | ForEach-Object { "$($_.DeviceName) $($_.Platform) $($_.Status)" } | Should -Be $direct
    }

    It 'has its name in the errors' {
        { Import-PasskeyDeviceInventory nowhere.csv -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,PasskeyAdmin.Commands.ImportPasskeyDeviceInventoryCommand'
    }
}

Describe 'Test-PasskeyDeviceReadiness' {
    It 'judges rows of Import-Csv' {
        $verdicts = Import-Csv (Join-Path $fixtures entra.csv) | Test-PasskeyDeviceReadiness -Provider 'Google Password Manager'
        $verdicts | ForEach-Object { "$($_.DeviceName): $($_.Status)" } | Should -Be 'LT-001: Ready', 'Adeles phone: NotReady', 'Lees phone: Unknown', 'mac: Ready', 'phone: Ready'
        ($verdicts | Format-Table | Out-String) | Should -Match 'Adeles phone\s+Android\s+14\s+NotReady\s+Manufacturer'
    }

    It 'gives the same counts by every road' {
        $roads = @(
            { Test-PasskeyDeviceReadiness -Path $sample }
            { Import-PasskeyDeviceInventory $sample | Test-PasskeyDeviceReadiness }
            { Import-Csv $sample | Test-PasskeyDeviceReadiness }
            { Get-Item $sample | Test-PasskeyDeviceReadiness }
            { $sample | Test-PasskeyDeviceReadiness }
            { Import-Csv $sample | ForEach-Object { $row = @{}; foreach ($p in $_.PSObject.Properties) { $row[$p.Name] = $p.Value }; $row } | Test-PasskeyDeviceReadiness }
            { Test-PasskeyDeviceReadiness -InputObject (Import-Csv $sample) }
        )
        $counts = foreach ($road in $roads) { (& $road | Group-Object Status -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Count)" }) -join ' ' }
        $counts | Select-Object -Unique | Should -Be 'ActionNeeded=67 NotReady=69 Ready=1358 Unknown=6'
    }

    It 'gives the same counts for Jamf by file and by rows' {
        foreach ($name in 'jamf-computers.csv', 'jamf-mobile.csv') {
            $file = Join-Path $fixtures $name
            Import-Csv $file | Test-PasskeyDeviceReadiness | ForEach-Object { "$_" } | Should -Be (Test-PasskeyDeviceReadiness $file | ForEach-Object { "$_" })
        }
    }

    It 'says yes or no to a script' {
        Test-PasskeyDeviceReadiness $sample -Quiet | Should -BeFalse
        Import-PasskeyDeviceInventory $sample | Where-Object Platform -eq macOS | Test-PasskeyDeviceReadiness -Quiet | Should -BeTrue
    }

    It 'writes a CSV that a person can read' {
        Test-PasskeyDeviceReadiness $sample -Status NotReady | Select-Object -First 1 | Export-Csv TestDrive:/verdict.csv
        $row = Import-Csv TestDrive:/verdict.csv
        $row.Reason | Should -Be 'OSTooOld'
        $row.Provider | Should -BeLike 'Apple Passwords: No (not available on Windows), Google Password Manager: No (needs Windows 10*'
    }

    It 'runs side by side' {
        1..3 | ForEach-Object -Parallel { Import-Module $using:sample/../../PasskeyAdmin.psd1; (Test-PasskeyDeviceReadiness $using:sample -Status Unknown | Measure-Object).Count } | Should -Be 6, 6, 6
    }

    It 'takes the devices of a tenant' {
        $null = Connect-PasskeyTenant -Sandbox
        Get-PasskeyDevice | Measure-PasskeyDeviceReadiness -By Platform | ForEach-Object { "$_" } | Should -Be (Measure-PasskeyDeviceReadiness $sample -By Platform | ForEach-Object { "$_" })
        Get-PasskeyDevice -Source Entra -StaleAfter 90 -WarningAction SilentlyContinue | Test-PasskeyDeviceReadiness -Profile 'Synced pilot' | Where-Object Status -eq Ready | Should -Not -BeNullOrEmpty
        Disconnect-PasskeyTenant
    }

    It 'asks about what a profile allows' {
        $contoso = Connect-PasskeyTenant -Sandbox
        $pilot = Import-PasskeyDeviceInventory $sample | Test-PasskeyDeviceReadiness -Profile 'Synced pilot' | Where-Object Status -ne Ready
        $pilot[0].Provider.Name | Should -Be 'Apple Passwords', 'Google Password Manager', '1Password', 'Bitwarden'
        Disconnect-PasskeyTenant
        { Test-PasskeyDeviceReadiness $sample -Profile Privileged* -Tenant $contoso } | Should -Throw -ErrorId 'TenantDisconnected*'
        $contoso = Connect-PasskeyTenant -Sandbox
        Measure-PasskeyDeviceReadiness $sample -By Provider -Profile Privileged* -Tenant $contoso | ForEach-Object Name | Should -Be 'Microsoft Authenticator', 'YubiKey 5 FIPS Series'
        { Test-PasskeyDeviceReadiness $sample -Profile 'Synced pilot' -TargetType DeviceBound } | Should -Throw -ErrorId 'ProfileAllowsNothing*'
        { Test-PasskeyDeviceReadiness $sample -Tenant $contoso } | Should -Throw -ErrorId 'TenantWithoutProfile*'
        Disconnect-PasskeyTenant
    }

    It 'shows a list with everything' {
        Test-PasskeyDeviceReadiness $sample | Select-Object -First 1 | Format-List | Out-String | Should -Match '(?s)Provider\s+: Apple Passwords: No.*Google Password Manager: Yes \(in Chrome\)'
    }
}

Describe 'Measure-PasskeyDeviceReadiness' {
    It 'counts joined exports alike by file and by rows' {
        Get-Content $sample, $sample | Set-Content TestDrive:/joined.csv
        $byFile = Measure-PasskeyDeviceReadiness TestDrive:/joined.csv -ErrorVariable one -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | ForEach-Object { "$_" }
        Import-Csv TestDrive:/joined.csv | Measure-PasskeyDeviceReadiness -ErrorVariable other -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | ForEach-Object { "$_" } | Should -Be $byFile
        (@($one) + @($other)).FullyQualifiedErrorId | Should -Be (@('InventoryRowUnreadable,PasskeyAdmin.Commands.MeasurePasskeyDeviceReadinessCommand') * 2)
    }

    It 'counts by platform, as the README shows' {
        $android = Import-PasskeyDeviceInventory $sample | Test-PasskeyDeviceReadiness | Measure-PasskeyDeviceReadiness -By Platform | Where-Object Name -eq Android
        "$($android.Count) $($android.Ready) $($android.ActionNeeded) $($android.NotReady) $($android.Unknown)" | Should -Be '283 170 67 43 3'
    }

    It 'counts users' {
        $users = Measure-PasskeyDeviceReadiness $sample -By User
        "$($users.Count) $($users.Ready) $($users.AllReady) $($users.DevicesWithoutUser)" | Should -Be '800 797 680 11'
    }

    It 'counts verdicts that came back from a file' {
        # Half a year before the export of the sample, whenever the test runs.
        $days = [int]((Get-Date) - [datetime]'2026-06-01').TotalDays
        Test-PasskeyDeviceReadiness $sample | Export-Clixml TestDrive:/verdicts.xml
        $again = Import-Clixml TestDrive:/verdicts.xml | Measure-PasskeyDeviceReadiness -By Platform -StaleAfter $days -WarningAction SilentlyContinue
        $first = Measure-PasskeyDeviceReadiness $sample -By Platform -StaleAfter $days
        ($first | Measure-Object Stale -Sum).Sum | Should -BeGreaterThan 50
        $again | ForEach-Object { "$_, $($_.Stale), $($_.LastSeenUnknown)" } | Should -Be ($first | ForEach-Object { "$_, $($_.Stale), $($_.LastSeenUnknown)" })
    }

    It 'warns that verdicts from a file are judged by another question' {
        Test-PasskeyDeviceReadiness $sample -Provider 'Google Password Manager' | Export-Clixml TestDrive:/asked.xml
        $again = Import-Clixml TestDrive:/asked.xml | Measure-PasskeyDeviceReadiness -By Status -Provider 'Google Password Manager' -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -BeLike '*judged anew*'
        $again | ForEach-Object { "$_" } | Should -Be (Measure-PasskeyDeviceReadiness $sample -By Status -Provider 'Google Password Manager' | ForEach-Object { "$_" })
    }

    It 'counts the portal''s archive, another encoding and a damaged copy alike' {
        Compress-Zip $sample (Join-Path $TestDrive portal.zip)
        Get-Content $sample | Set-Content TestDrive:/utf16.csv -Encoding unicode
        $lines = Get-Content $sample
        $(for ($i = 0; $i -lt $lines.Count; $i++) { $lines[$i]; if ($i -lt 100) { '"stray" quote' } }) | Set-Content TestDrive:/broken.csv
        $expected = Measure-PasskeyDeviceReadiness $sample | ForEach-Object { "$_" }
        foreach ($name in 'portal.zip', 'utf16.csv') { Measure-PasskeyDeviceReadiness "TestDrive:/$name" | ForEach-Object { "$_" } | Should -Be $expected -Because $name }
        Measure-PasskeyDeviceReadiness TestDrive:/broken.csv -ErrorVariable faults -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | ForEach-Object { "$_" } | Should -Be $expected
        $faults | Should -HaveCount 100
    }

    It 'names devices that stand in two files' {
        Get-Content $sample -TotalCount 4 | Set-Content TestDrive:/again.csv
        $twice = Measure-PasskeyDeviceReadiness $sample, TestDrive:/again.csv -DuplicateReport
        $twice | ForEach-Object { "$($_.Count) $($_.Place)" } | Should -Be '2 contoso-devices.csv:2 again.csv:2', '2 contoso-devices.csv:3 again.csv:3', '2 contoso-devices.csv:4 again.csv:4'
        Import-Csv $sample, TestDrive:/again.csv | Measure-PasskeyDeviceReadiness -DuplicateReport | ForEach-Object DeviceName | Should -Be $twice.DeviceName
    }

    It 'takes rows that a script changed for what they are' {
        $rows = Import-Csv $sample | Where-Object OS -like 'Android*' | ForEach-Object { $_.Manufacturer = ''; $_.Model = ''; $_ }
        $plain = $rows | Measure-PasskeyDeviceReadiness -By Status | Where-Object Name -eq Ready
        $plain | Should -BeNullOrEmpty
        $some = 0
        $changed = $rows | ForEach-Object { if (++$some % 2) { $_ | Add-Member Vendor Google -PassThru } else { $_ } }
        ($changed | Measure-PasskeyDeviceReadiness -By Manufacturer | Where-Object Name -eq Google).Count | Should -Be ([math]::Ceiling($rows.Count / 2))
    }

    It 'counts in a background job' {
        $job = Start-Job { Import-Module $args[0]; Measure-PasskeyDeviceReadiness $args[1] -By Status } -ArgumentList (Get-Module PasskeyAdmin).Path.Replace('bin/PasskeyAdmin.dll', 'PasskeyAdmin.psd1'), $sample
        ($job | Wait-Job | Receive-Job | Where-Object Name -eq Ready).Count | Should -Be 1358
    }
}
